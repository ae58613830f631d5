package io.framewarden.runtime.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that no route sees (a request line that is too long, headers that cannot be read, a server
 * that is being closed) as problem details.
 */
final class ServerErrorHandler extends ErrorHandler {
  /** Whatever the method: otherwise those that change something would get an empty response. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    SecurityHeaders.addTo(response.getHeaders());
    new Problem(code, "http", HttpStatus.getMessage(code), "").write(response, callback);
  }
}
