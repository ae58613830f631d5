package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.FileNames;
import io.framewarden.ingest.submission.Refusal;
import io.framewarden.ingest.submission.RefusalKind;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What requests say beside their content, checked. */
final class Requests {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private Requests() {}

  /** The name of the file, which may be missing. */
  static String name(Context context) throws Refusal {
    return name(Objects.requireNonNullElse(context.queryParam("name"), ""));
  }

  static String name(String given) throws Refusal {
    if (given.length() > FileNames.LONGEST) {
      throw malformed("a file's name has at most " + FileNames.LONGEST + " characters");
    }
    return given;
  }

  /** Whether known bytes are to be judged anew: {@code ?rescore} or {@code ?rescore=true}. */
  static boolean rescore(Context context) throws Refusal {
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
  static Optional<String> idempotencyKey(Context context) throws Refusal {
    String given = context.header("Idempotency-Key");
    if (given == null) {
      return Optional.empty();
    }
    if (!KEY.matcher(given).matches()) {
      throw malformed("Idempotency-Key has 1 to 255 visible ASCII characters");
    }
    return Optional.of(given);
  }

  static Refusal malformed(String what) {
    return new Refusal(RefusalKind.MALFORMED_REQUEST, what);
  }
}
