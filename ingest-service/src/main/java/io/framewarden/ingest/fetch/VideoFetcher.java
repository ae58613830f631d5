package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.store.s3.SourceObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Opens what a URI names, if it is in one of the allowed places. Safe for several threads. */
public final class VideoFetcher implements AutoCloseable {
  private static final int MAX_URI_LENGTH = 2048;

  /** Ways to write a dot, a slash or a backslash that another reader may read differently. */
  private static final Pattern DISGUISED = Pattern.compile("(?i)%2e|%2f|%5c|%00|%25");

  /** A dot segment, also one with a parameter ({@code ..;x}), which some servers pass over. */
  private static final Pattern DOTS = Pattern.compile("/\\.\\.?(;[^/]*)?(/|$)");

  private final List<VideoSource> sources = new ArrayList<>();
  private final List<BucketSource> buckets = new ArrayList<>();

  /**
   * Opens the places.
   *
   * @throws IOException when one of them cannot be used
   * @throws IllegalArgumentException when the object store of one is not supported
   */
  public VideoFetcher(FetchConfig config) throws IOException {
    for (URI prefix : config.allowed()) {
      sources.add(
          switch (prefix.getScheme()) {
            case "file" -> new FolderSource(Path.of(prefix));
            case "s3" -> bucket(prefix, config);
            default -> new WebSource(prefix, config.deadline());
          });
    }
  }

  /**
   * Opens a video; the caller closes its content.
   *
   * @throws ApiException MALFORMED_REQUEST, SOURCE_NOT_ALLOWED or SOURCE_UNAVAILABLE
   */
  public FetchedVideo open(String text) throws ApiException, IOException {
    URI uri = parse(text);
    for (VideoSource source : sources) {
      if (source.holds(uri)) {
        return source.open(uri);
      }
    }
    throw notAllowed();
  }

  /**
   * Opens an object of a bucket; the caller closes it. Keys are taken as S3 has them: dots, slashes
   * and percent signs mean nothing in them.
   *
   * @param version empty for the latest
   * @throws ApiException SOURCE_NOT_ALLOWED or SOURCE_UNAVAILABLE
   */
  public SourceObject openObject(String bucket, String key, String version)
      throws ApiException, IOException {
    for (BucketSource source : buckets) {
      if (source.holds(bucket, key)) {
        return source.open(key, version);
      }
    }
    throw notAllowed();
  }

  private BucketSource bucket(URI prefix, FetchConfig config) {
    BucketSource source = new BucketSource(prefix, config.s3());
    buckets.add(source);
    return source;
  }

  private static ApiException notAllowed() {
    return new ApiException(
        ProblemType.SOURCE_NOT_ALLOWED,
        "videos are fetched only from the places that the operator allows, and this is none");
  }

  @Override
  public void close() {
    sources.forEach(VideoSource::close);
  }

  private static URI parse(String text) throws ApiException {
    if (text.length() <= MAX_URI_LENGTH) {
      try {
        URI uri = new URI(text);
        if (isPlain(uri)) {
          return new URI(
              uri.getScheme().toLowerCase(Locale.ROOT) + text.substring(text.indexOf(':')));
        }
      } catch (URISyntaxException e) {
        // Told below, with the others.
      }
    }
    throw new ApiException(
        ProblemType.MALFORMED_REQUEST,
        "uri must be an absolute URI of at most "
            + MAX_URI_LENGTH
            + " characters, without dot segments, user or fragment");
  }

  private static boolean isPlain(URI uri) {
    String path = uri.getRawPath();
    return uri.isAbsolute()
        && path != null
        && path.startsWith("/")
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && !DISGUISED.matcher(path).find()
        && !DOTS.matcher(path).find()
        && !path.contains("//");
  }
}
