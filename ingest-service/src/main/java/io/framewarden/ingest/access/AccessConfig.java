package io.framewarden.ingest.access;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;

/**
 * Who may hand videos in, and how much.
 *
 * @param tokenFile made by {@code framewarden token create}; null for a server without tokens,
 *     which is open on loopback and closed elsewhere
 * @param uploadsPerMinute of one submitter, with as many at once after a pause; 0 for no limit
 * @param submitterBytes that one submitter may have stored; 0 for no limit
 */
public record AccessConfig(Path tokenFile, int uploadsPerMinute, long submitterBytes) {
  @ConfigDescription(
      "Tokens of the upload API, as framewarden token writes them; without it only a loopback"
          + " address takes uploads.")
  public static final String TOKEN_FILE = "FRAMEWARDEN_TOKEN_FILE";

  @ConfigDescription("Uploads that one submitter may begin a minute; 0 for no limit.")
  public static final String UPLOADS_PER_MINUTE = "FRAMEWARDEN_SUBMITTER_UPLOADS_PER_MINUTE";

  @ConfigDescription("Bytes that one submitter may have stored; 0 for no limit.")
  public static final String SUBMITTER_BYTES = "FRAMEWARDEN_SUBMITTER_MAX_BYTES";

  public static AccessConfig from(Settings settings) {
    return new AccessConfig(
        settings.path(TOKEN_FILE).orElse(null),
        settings.integer(UPLOADS_PER_MINUTE, 0, 0, 1_000_000),
        settings.wholeNumber(SUBMITTER_BYTES, 0, 0, Long.MAX_VALUE));
  }
}
