package io.framewarden.runtime.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that no route sees (a request line that is too long, headers that cannot be read) as
 * problem details. Nothing of the request is repeated in them.
 */
final class ServerErrorHandler extends ErrorHandler {
  private static final int RETRY_AFTER_SECONDS = 5;

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    String problem =
        "{\"type\":\"urn:framewarden:problem:http\",\"title\":\"%s\",\"status\":%d}"
            .formatted(HttpStatus.getMessage(code), code);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    if (code == HttpStatus.SERVICE_UNAVAILABLE_503) { // the server is being closed
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    Content.Sink.write(response, true, problem, callback);
  }
}
