package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.s3.SourceBucket;
import io.framewarden.runtime.store.s3.SourceObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Objects of somebody's bucket below a prefix; they are only read. */
final class BucketSource implements VideoSource {
  /** Of a key, in UTF-8; S3 refuses longer ones. */
  private static final int MAX_KEY_BYTES = 1024;

  private final String prefix;
  private final String name;

  /** Of the keys, as S3 has them. */
  private final String keyPrefix;

  private final SourceBucket bucket;

  /**
   * @param prefix ends in a slash
   */
  BucketSource(URI prefix, StoreConfig s3) {
    this.prefix = prefix.toString();
    this.name = prefix.getHost();
    this.keyPrefix = prefix.getPath().substring(1);
    this.bucket = SourceBucket.open(s3, prefix.getHost());
  }

  @Override
  public boolean holds(URI uri) {
    return uri.toString().startsWith(prefix);
  }

  /**
   * Whether this place holds an object, whatever characters are in its key. Dots mean nothing to S3
   * itself, but some servers resolve them: there, too, the key must lie under the prefix.
   */
  boolean holds(String bucketName, String key) {
    return bucketName.equals(name)
        && key.startsWith(keyPrefix)
        && resolved(key).filter(path -> path.startsWith(keyPrefix)).isPresent();
  }

  /** The key without dots and empty segments; empty where they lead out of the bucket. */
  private static Optional<String> resolved(String key) {
    Deque<String> path = new ArrayDeque<>();
    for (String segment : key.split("/")) {
      if (segment.equals("..")) {
        if (path.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        path.addLast(segment);
      }
    }
    return Optional.of(String.join("/", path) + (key.endsWith("/") ? "/" : ""));
  }

  @Override
  public FetchedVideo open(URI uri) throws ApiException, IOException {
    return new FetchedVideo(open(uri.getPath().substring(1), "").content(), -1);
  }

  /**
   * Opens an object; the caller closes it.
   *
   * @param key as S3 has it, not escaped
   * @param version empty for the latest
   * @throws ApiException SOURCE_UNAVAILABLE when it cannot be had, now or later
   */
  SourceObject open(String key, String version) throws ApiException, IOException {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_KEY_BYTES) {
      throw new ApiException(
          ProblemType.SOURCE_UNAVAILABLE,
          "there is no such object: a key has 1 to " + MAX_KEY_BYTES + " bytes");
    }
    try {
      return bucket.open(key, version);
    } catch (NoSuchFileException e) {
      throw new ApiException(ProblemType.SOURCE_UNAVAILABLE, "there is no such object");
    } catch (AccessDeniedException e) {
      throw new ApiException(
          ProblemType.SOURCE_UNAVAILABLE,
          "the bucket does not give it out: it is not there, is archived, is encrypted with a key"
              + " of its own, or this service has no right to read it: "
              + e.getReason());
    }
  }

  @Override
  public void close() {
    bucket.close();
  }
}
