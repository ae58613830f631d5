package io.framewarden.runtime.store;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which object store, and how it is reached. Credentials are none of this: S3 takes them from the
 * AWS SDK's default chain (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, the role of the
 * container or machine).
 *
 * @param where a folder's path, its file: URI, or {@code s3://bucket/prefix}
 * @param endpoint of an S3 server that is not AWS; empty for AWS
 * @param region of the bucket; empty for what the SDK's default chain says
 * @param pathStyle whether the bucket is named in the path and not in the host
 * @param work folder for parts on their way to S3 and copies from there
 * @param staleAfter how old a half upload must be to be removed when the store is opened
 * @param minFreeBytes how much of a disk is left free
 */
public record StoreConfig(
    String where,
    String endpoint,
    String region,
    boolean pathStyle,
    Path work,
    Duration staleAfter,
    long minFreeBytes) {
  @ConfigDescription("The object store: a folder, a file: URI or s3://bucket/prefix.")
  public static final String STORE = "FRAMEWARDEN_STORE";

  @ConfigDescription("https://host:port of an S3 server that is not AWS.")
  public static final String ENDPOINT = "FRAMEWARDEN_STORE_ENDPOINT";

  @ConfigDescription(
      value = "Region of the bucket.",
      byDefault = "the AWS SDK's default chain; us-east-1 with an endpoint")
  public static final String REGION = "FRAMEWARDEN_STORE_REGION";

  @ConfigDescription(
      value = "Whether the bucket is named in the path rather than in the host.",
      byDefault = "true with an endpoint, else false")
  public static final String PATH_STYLE = "FRAMEWARDEN_STORE_PATH_STYLE";

  @ConfigDescription(
      value =
          "Folder for parts on their way to S3 (8 MiB for each upload) and for copies of what is"
              + " being extracted.",
      byDefault = "framewarden-store-USER in the temporary folder")
  public static final String WORK_DIR = "FRAMEWARDEN_STORE_WORK_DIR";

  @ConfigDescription(
      "Age at which an interrupted upload is removed when the store is opened, at least 10m; longer"
          + " than any upload takes.")
  public static final String STALE_AFTER = "FRAMEWARDEN_STORE_STALE_AFTER";

  @ConfigDescription(
      "MiB left free on the disk of the store and of the work folder; below it uploads are"
          + " refused.")
  public static final String MIN_FREE_MB = "FRAMEWARDEN_STORE_MIN_FREE_MB";

  private static final String DEFAULT_STORE = "data/objects";
  private static final int DEFAULT_MIN_FREE_MB = 256;
  private static final int MAX_MIN_FREE_MB = 1 << 20;
  private static final Duration DEFAULT_STALE = Duration.ofHours(24);
  private static final Duration MIN_STALE = Duration.ofMinutes(10);

  public static StoreConfig from(Settings settings) {
    String where = settings.text(STORE, DEFAULT_STORE);
    try {
      StoreLocation.parse(where);
    } catch (IllegalArgumentException e) {
      settings.problem(STORE + ": " + e.getMessage());
    }
    String endpoint = endpoint(settings);
    Duration stale = settings.duration(STALE_AFTER, DEFAULT_STALE);
    if (stale.compareTo(MIN_STALE) < 0) {
      settings.problem(
          STALE_AFTER + " is " + stale + ", less than " + MIN_STALE + ": uploads in work go too");
    }
    return new StoreConfig(
        where,
        endpoint,
        settings.text(REGION, ""),
        settings.flag(PATH_STYLE, !endpoint.isEmpty()),
        settings.path(WORK_DIR).orElseGet(StoreConfig::defaultWork),
        stale,
        (long) settings.integer(MIN_FREE_MB, DEFAULT_MIN_FREE_MB, 0, MAX_MIN_FREE_MB) << 20);
  }

  /** The same with another store. */
  public StoreConfig at(String otherStore) {
    return new StoreConfig(otherStore, endpoint, region, pathStyle, work, staleAfter, minFreeBytes);
  }

  /** The folder of a file store, else empty. */
  public Optional<Path> folder() {
    return StoreLocation.parse(where).folder();
  }

  private static String endpoint(Settings settings) {
    String endpoint = settings.text(ENDPOINT, "");
    if (!endpoint.isEmpty() && !isEndpoint(endpoint)) {
      // Not said what it is: people do put passwords into URLs.
      settings.problem(
          ENDPOINT + " is not like https://host:port: no user, path, query or fragment");
      return "";
    }
    return endpoint;
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
      return http
          && bare
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Path defaultWork() {
    // A name of its own for each user: the folder is its owner's only.
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "framewarden-store-" + System.getProperty("user.name"));
  }
}
