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
 * @param probePort of the probes alone, likewise; {@link #WITH_THE_REST} for the same as all else
 * @param headerTime how long a request may take for its headers, and for its content where the
 *     route does not see to that itself
 */
public record HttpSettings(String host, int port, int probePort, Duration headerTime) {
  /** Probes are served on the same port as everything else. */
  public static final int WITH_THE_REST = -1;

  private static final Duration HEADER_TIME = Duration.ofSeconds(20);

  @ConfigDescription("Address that health, readiness, metrics and the upload API listen on.")
  public static final String HOST = "FRAMEWARDEN_HTTP_HOST";

  @ConfigDescription(
      value = "Port of it; 0 takes any free one.",
      byDefault = "8081 ingest, 8082 detector")
  public static final String PORT = "FRAMEWARDEN_HTTP_PORT";

  @ConfigDescription(
      value =
          "Port of health, readiness and metrics alone, with threads of its own; 0 takes any free"
              + " one. The other port has none of them then.",
      byDefault = "-1: they are on the other port, and threads are left for them")
  public static final String PROBE_PORT = "FRAMEWARDEN_HTTP_PROBE_PORT";

  public static HttpSettings from(Settings settings, int defaultPort) {
    return new HttpSettings(
        settings.text(HOST, "0.0.0.0"),
        settings.integer(PORT, defaultPort, 0, 65535),
        settings.integer(PROBE_PORT, WITH_THE_REST, WITH_THE_REST, 65535),
        HEADER_TIME);
  }

  /** With everything on one port, and the default time for a request's headers. */
  public HttpSettings(String host, int port) {
    this(host, port, WITH_THE_REST, HEADER_TIME);
  }

  /** The same with the probes on another port. */
  public HttpSettings withProbePort(int other) {
    return new HttpSettings(host, port, other, headerTime);
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
