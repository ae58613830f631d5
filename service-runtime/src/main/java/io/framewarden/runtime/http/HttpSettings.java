package io.framewarden.runtime.http;

import io.framewarden.runtime.config.Settings;

/**
 * Where a process listens.
 *
 * @param host address to bind
 * @param port 0 for any free port
 */
public record HttpSettings(String host, int port) {
  public static final String HOST = "FRAMEWARDEN_HTTP_HOST";
  public static final String PORT = "FRAMEWARDEN_HTTP_PORT";

  public static HttpSettings from(Settings settings, int defaultPort) {
    return new HttpSettings(
        settings.text(HOST, "0.0.0.0"), settings.integer(PORT, defaultPort, 0, 65535));
  }
}
