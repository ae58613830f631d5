package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.FileNames;
import io.framewarden.ingest.submission.ProblemType;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What requests say beside their content, checked. */
final class RequestReader {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private RequestReader() {}

  /** The name of the file, which may be missing. */
  static String name(Context context) throws ApiException {
    return name(Objects.requireNonNullElse(context.queryParam("name"), ""));
  }

  static String name(String given) throws ApiException {
    if (given.length() > FileNames.LONGEST) {
      throw malformed("a file's name has at most " + FileNames.LONGEST + " characters");
    }
    return given;
  }

  /**
   * Refuses a form: the file would be one of its parts, and its first bytes are none of a video.
   */
  static void refuseForm(Context context) throws ApiException {
    String type = context.contentType();
    if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw new ApiException(
          ProblemType.WRONG_CONTENT_TYPE,
          "send the file itself, not a form: curl --data-binary @clip.mp4 instead of curl -F");
    }
  }

  /** Whether known bytes are to be judged anew: {@code ?rescore} or {@code ?rescore=true}. */
  static boolean rescore(Context context) throws ApiException {
    String given = context.queryParam("rescore");
    if (given == null || given.equals("false")) {
      return false;
    }
    if (given.isEmpty() || given.equals("true")) {
      return true;
    }
    throw malformed("rescore is true or false");
  }

  /** The key that makes a repeated request the same one. */
  static Optional<String> idempotencyKey(Context context) throws ApiException {
    String given = context.header("Idempotency-Key");
    if (given == null) {
      return Optional.empty();
    }
    if (!KEY.matcher(given).matches()) {
      throw malformed("Idempotency-Key has 1 to 255 visible ASCII characters");
    }
    return Optional.of(given);
  }

  static ApiException malformed(String what) {
    return new ApiException(ProblemType.MALFORMED_REQUEST, what);
  }
}
