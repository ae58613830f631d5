package io.framewarden.ingest.access;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.BrowserAccess;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who may hand videos in, and how much.
 *
 * @param tokenFile made by {@code framewarden token create}; null for a server without tokens,
 *     which is open on loopback and closed elsewhere
 * @param uploadsPerMinute of one submitter, with as many at once after a pause; 0 for no limit
 * @param submitterBytes that one submitter may have stored; 0 for no limit
 * @param origins of web pages that browsers let call the API, beside its own, as browsers write
 *     them: {@code https://www.example.com}
 * @param hosts names in small letters that the server goes by, beside its address and localhost
 * @param plainTokens what is done about tokens over plain HTTP
 */
public record AccessConfig(
    Path tokenFile,
    int uploadsPerMinute,
    long submitterBytes,
    Set<String> origins,
    Set<String> hosts,
    PlainTokens plainTokens) {
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

  @ConfigDescription(
      value =
          "Names that clients may call the server by (Host), without ports, comma separated, such"
              + " as a proxy's public name.",
      byDefault =
          "on loopback localhost, its addresses and the address listened on; elsewhere any name")
  public static final String HOSTS = "FRAMEWARDEN_HTTP_ALLOWED_HOSTS";

  @ConfigDescription(
      value =
          "What happens where tokens come over plain HTTP from other machines: the process does"
              + " not start (refuse), warns in its log and /readyz, or allows it, behind a proxy"
              + " that speaks TLS.",
      byDefault = "warn")
  public static final String PLAIN_TOKENS = "FRAMEWARDEN_HTTP_PLAIN_TOKENS";

  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?");

  public AccessConfig {
    origins = Set.copyOf(origins);
    hosts = Set.copyOf(hosts);
  }

  /** For no page of another origin, and no other name. */
  public AccessConfig(Path tokenFile, int uploadsPerMinute, long submitterBytes) {
    this(tokenFile, uploadsPerMinute, submitterBytes, Set.of(), Set.of(), PlainTokens.WARN);
  }

  /** What browsers may do. */
  public BrowserAccess browsers() {
    return new BrowserAccess(hosts, origins);
  }

  public static AccessConfig from(Settings settings) {
    return new AccessConfig(
        settings.path(TOKEN_FILE).orElse(null),
        settings.integer(UPLOADS_PER_MINUTE, 0, 0, 1_000_000),
        settings.wholeNumber(SUBMITTER_BYTES, 0, 0, Long.MAX_VALUE),
        origins(settings),
        hosts(settings),
        settings.choice(PLAIN_TOKENS, PlainTokens.WARN, PlainTokens.class));
  }

  private static Set<String> hosts(Settings settings) {
    Set<String> hosts = new TreeSet<>();
    for (String given : settings.text(HOSTS, "").split(",")) {
      String host = given.strip().toLowerCase(Locale.ROOT);
      if (HOST.matcher(host).matches()) {
        hosts.add(host);
      } else if (!host.isEmpty()) {
        settings.problem(
            HOSTS
                + " has "
                + given.strip()
                + ", which is no name such as videos.example.com, without a scheme or port; name"
                + " each, * is not taken");
      }
    }
    return hosts;
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
