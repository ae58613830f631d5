package io.framewarden.ingest.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/**
 * Answers that come before the whole body was read, since nobody wants it. Were the connection
 * closed on a client that still sends, the system would throw away the answer with it, and a client
 * that is not told of the end may send its next request into it. So a little that is on its way is
 * read and dropped, and beyond that the client is told that the connection ends.
 */
final class UnreadBody {
  /** Bytes that are read for nothing at most. */
  private static final long A_LITTLE = 64 * 1024;

  /** How long, beside the server's patience with a connection on which nothing comes. */
  private static final long NANOS = 2_000_000_000L;

  private UnreadBody() {}

  /** Drops what is left of a small body; announces the end of the connection where more is left. */
  static void settle(Context context) throws IOException {
    long length = context.req().getContentLengthLong();
    boolean hasBody = length > 0 || context.header("Transfer-Encoding") != null;
    if (!hasBody || context.req().getInputStream().isFinished()) {
      return;
    }
    // Who waits to be asked for the content is not asked for it.
    boolean comes = length > 0 && length <= A_LITTLE && context.header("Expect") == null;
    if (!comes || !drop(context.req().getInputStream())) {
      context.header("Connection", "close");
    }
  }

  /** Whether the end was reached in time. */
  private static boolean drop(InputStream body) {
    byte[] buffer = new byte[8192];
    long began = System.nanoTime();
    try {
      while (System.nanoTime() - began < NANOS) {
        if (body.read(buffer) < 0) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // it broke off
    }
    return false;
  }
}
