package io.framewarden.ingest.http;

import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.submission.LimitedInputStream.ContentPace;
import io.framewarden.ingest.tus.StagingConfig;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * How the API works.
 *
 * @param maxBytes of a video
 * @param uploadsAtOnce that are read at the same time; each takes a thread
 * @param pace the slowest that content may come
 */
public record UploadApiConfig(
    AccessConfig access,
    StagingConfig staging,
    FetchConfig fetch,
    long maxBytes,
    int uploadsAtOnce,
    ContentPace pace) {
  @ConfigDescription("Uploads that are read at the same time; each takes a thread.")
  public static final String UPLOADS_AT_ONCE = "FRAMEWARDEN_UPLOADS_AT_ONCE";

  @ConfigDescription(
      "Slowest average rate of an upload after its first 30 s, in bytes a second; 0 for no bound.")
  public static final String MIN_RATE = "FRAMEWARDEN_UPLOAD_MIN_BYTES_PER_SECOND";

  private static final Duration GRACE = Duration.ofSeconds(30);

  public static UploadApiConfig from(Settings settings, DecodeLimits limits) {
    return new UploadApiConfig(
        AccessConfig.from(settings),
        StagingConfig.from(settings, limits),
        FetchConfig.from(settings),
        limits.maxBytes(),
        // Below the server's 250 threads: probes must get through while all uploads are slow.
        settings.integer(UPLOADS_AT_ONCE, 150, 1, 200),
        new ContentPace(settings.wholeNumber(MIN_RATE, 1024, 0, 1L << 40), GRACE));
  }
}
