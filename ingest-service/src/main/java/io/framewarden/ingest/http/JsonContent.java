package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Reads the JSON of requests. What has come with the headers is there to be read; only so many
 * others are waited for at the same time, as each takes a thread: slow clients keep nobody from
 * anything else. How long they are waited for is the server's to bound. Safe for several threads.
 */
final class JsonContent {
  private static final int MAX_AWAITED = 16;
  private static final String TYPE = "application/json";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Semaphore awaited = new Semaphore(MAX_AWAITED);

  /**
   * The whole content.
   *
   * @throws ApiException WRONG_CONTENT_TYPE, TOO_LARGE, BUSY or BROKEN_OFF
   */
  byte[] read(Context context, int maxBytes) throws ApiException {
    requireJson(context);
    long length = context.req().getContentLengthLong();
    if (length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try {
      InputStream content = context.bodyInputStream();
      if (length >= 0 && content.available() >= length) {
        return content.readNBytes((int) length);
      }
      return await(content, maxBytes);
    } catch (IOException e) {
      ApiException broken =
          new ApiException(
              ProblemType.BROKEN_OFF, "the JSON did not come whole in time; send it again");
      broken.addSuppressed(e);
      throw broken;
    }
  }

  private byte[] await(InputStream content, int maxBytes) throws ApiException, IOException {
    if (!awaited.tryAcquire()) {
      throw new ApiException(
          ProblemType.BUSY,
          "too many requests send their JSON slowly; send it together with the headers",
          RETRY_AFTER);
    }
    try {
      byte[] read = content.readNBytes(maxBytes + 1);
      if (read.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return read;
    } finally {
      awaited.release();
    }
  }

  /** A type that a page of another origin can send only with that origin's consent (CORS). */
  private static void requireJson(Context context) throws ApiException {
    String given = context.contentType();
    String type = given == null ? "" : given.replaceFirst(";.*", "").strip();
    if (!type.toLowerCase(Locale.ROOT).equals(TYPE)) {
      throw new ApiException(
          ProblemType.WRONG_CONTENT_TYPE, "send JSON, with Content-Type: " + TYPE);
    }
  }

  private static ApiException tooLarge(int maxBytes) {
    return new ApiException(ProblemType.TOO_LARGE, "the JSON has at most " + maxBytes + " bytes");
  }
}
