package io.framewarden.ingest.access;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may hand videos in, and how much.
 *
 * @param tokenFile made by {@code framewarden token create}; null for a server without tokens,
 *     which is open on loopback and closed elsewhere
 * @param uploadsPerMinute of one submitter, with as many at once after a pause; 0 for no limit
 * @param submitterBytes that one submitter may have stored; 0 for no limit
 * @param origins of web pages that browsers let call the API, beside its own, as browsers write
 *     them: {@code https://www.example.com}
 */
public record AccessConfig(
    Path tokenFile, int uploadsPerMinute, long submitterBytes, Set<String> origins) {
  @ConfigDescription(
      "Tokens of the upload API, as framewarden token writes them; without it only a loopback"
          + " address takes uploads.")
  public static final String TOKEN_FILE = "FRAMEWARDEN_TOKEN_FILE";

  @ConfigDescription("Uploads that one submitter may begin a minute; 0 for no limit.")
  public static final String UPLOADS_PER_MINUTE = "FRAMEWARDEN_SUBMITTER_UPLOADS_PER_MINUTE";

  @ConfigDescription("Bytes that one submitter may have stored; 0 for no limit.")
  public static final String SUBMITTER_BYTES = "FRAMEWARDEN_SUBMITTER_MAX_BYTES";

  @ConfigDescription(
      value =
          "Origins of web pages that may call the upload API from a browser (CORS), comma"
              + " separated, such as https://www.example.com.",
      byDefault = "none: no page of another origin")
  public static final String ORIGINS = "FRAMEWARDEN_HTTP_CORS_ORIGINS";

  public AccessConfig {
    origins = Set.copyOf(origins);
  }

  /** For no page of another origin. */
  public AccessConfig(Path tokenFile, int uploadsPerMinute, long submitterBytes) {
    this(tokenFile, uploadsPerMinute, submitterBytes, Set.of());
  }

  public static AccessConfig from(Settings settings) {
    return new AccessConfig(
        settings.path(TOKEN_FILE).orElse(null),
        settings.integer(UPLOADS_PER_MINUTE, 0, 0, 1_000_000),
        settings.wholeNumber(SUBMITTER_BYTES, 0, 0, Long.MAX_VALUE),
        origins(settings));
  }

  private static Set<String> origins(Settings settings) {
    Set<String> origins = new TreeSet<>();
    for (String given : settings.text(ORIGINS, "").split(",")) {
      if (!given.isBlank()) {
        Optional<String> origin = WebOrigin.of(given.strip());
        origin.ifPresentOrElse(
            origins::add,
            () ->
                settings.problem(
                    ORIGINS
                        + " has "
                        + given.strip()
                        + ", which is not an origin such as https://www.example.com or"
                        + " http://localhost:3000, without a path or a slash at its end; name each,"
                        + " * is not taken"));
      }
    }
    return origins;
  }
}
