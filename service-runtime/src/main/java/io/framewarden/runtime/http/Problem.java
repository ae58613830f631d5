package io.framewarden.runtime.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Problem details (RFC 9457) of what is refused before any route sees it. Nothing of the request is
 * repeated in them; the texts need no escaping in JSON.
 *
 * @param label the last part of its type, and metric label
 * @param detail what to do; empty for nothing to add
 */
record Problem(int status, String label, String title, String detail) {
  private static final int RETRY_AFTER_SECONDS = 5;

  /** Answers with it; where the server is busy or being closed, with the time to come back at. */
  void write(Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    if (status == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    String more = detail.isEmpty() ? "" : ",\"detail\":\"%s\"".formatted(detail);
    String json =
        "{\"type\":\"urn:framewarden:problem:%s\",\"title\":\"%s\",\"status\":%d%s}"
            .formatted(label, title, status, more);
    Content.Sink.write(response, true, json, callback);
  }
}
