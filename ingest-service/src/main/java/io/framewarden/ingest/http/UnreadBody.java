package io.framewarden.ingest.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Answers that come before the whole body was read, since nobody wants it. The server closes such a
 * connection, and a client that is not told may send its next request into the closing one.
 */
final class UnreadBody {
  private UnreadBody() {}

  /** Says that the connection ends, where it will. */
  static void announceClose(Context context) throws IOException {
    HttpServletRequest request = context.req();
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    if (hasBody && !request.getInputStream().isFinished()) {
      context.header("Connection", "close");
    }
  }
}
