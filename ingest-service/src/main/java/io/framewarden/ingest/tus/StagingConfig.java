package io.framewarden.ingest.tus;

import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where unfinished uploads are kept, and for how long.
 *
 * @param folder on a local disk; one process alone uses it
 * @param maxBytes of an upload
 * @param expiry since the last byte came; whole seconds, at least one
 */
public record StagingConfig(Path folder, long maxBytes, Duration expiry) {
  @ConfigDescription(
      value = "Folder of unfinished resumable uploads, on a local disk; one process alone uses it.",
      byDefault = "data/staging")
  public static final String FOLDER = "FRAMEWARDEN_STAGING_DIR";

  @ConfigDescription("How long a resumable upload may lie unfinished.")
  public static final String EXPIRY = "FRAMEWARDEN_UPLOAD_EXPIRY";

  /** Folder of the journal of uploads that are being stored. */
  public Path journal() {
    return folder.resolve("storing");
  }

  public static StagingConfig from(Settings settings, DecodeLimits limits) {
    Duration expiry = settings.duration(EXPIRY, Duration.ofHours(24));
    if (expiry.toSeconds() < 1) {
      settings.problem(EXPIRY + " must be at least 1s");
    }
    return new StagingConfig(
        settings.path(FOLDER).orElse(Path.of("data", "staging")), limits.maxBytes(), expiry);
  }
}
