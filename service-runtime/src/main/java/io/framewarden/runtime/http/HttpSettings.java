package io.framewarden.runtime.http;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where a process listens.
 *
 * @param host address to bind
 * @param port 0 for any free port
 * @param headerTime how long a new connection may take for the headers of its first request
 */
public record HttpSettings(String host, int port, Duration headerTime) {
  private static final Duration HEADER_TIME = Duration.ofSeconds(20);

  @ConfigDescription("Address that health, readiness, metrics and the upload API listen on.")
  public static final String HOST = "FRAMEWARDEN_HTTP_HOST";

  @ConfigDescription(
      value = "Port of it; 0 takes any free one.",
      byDefault = "8081 ingest, 8082 detector")
  public static final String PORT = "FRAMEWARDEN_HTTP_PORT";

  public static HttpSettings from(Settings settings, int defaultPort) {
    return new HttpSettings(
        settings.text(HOST, "0.0.0.0"), settings.integer(PORT, defaultPort, 0, 65535));
  }

  /** With the default time for a request's headers. */
  public HttpSettings(String host, int port) {
    this(host, port, HEADER_TIME);
  }

  /** Whether only processes of the same machine can connect. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // it cannot be listened on either, which is told when it is tried
    }
  }
}
