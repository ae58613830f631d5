package io.framewarden.runtime.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * What browsers are told with every response, unless its route tells them something else: that it
 * is what its type says, holds no page that may run or be framed, is for its own origin, and is not
 * to be kept.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cache-Control", "no-store");

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    addTo(responseHeaders);
    return request;
  }

  static void addTo(HttpFields.Mutable headers) {
    HEADERS.forEach(headers::put);
  }
}
