package io.framewarden.standalone.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.v1.FailureReason;
import io.javalin.http.Context;

/** Errors as problem details (RFC 9457). */
final class Problems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Problems() {}

  /** Answers with a refusal of an upload. */
  static void refused(Context context, FailureReason reason, String message) {
    answer(context, status(reason), reason.name(), message);
  }

  /** Answers that there is no such video. */
  static void unknownVideo(Context context, String videoId) {
    answer(context, 404, "UNKNOWN_VIDEO", "no video has the id " + videoId);
  }

  /** Answers that something the service stands on does not answer for now. */
  static void unavailable(Context context, String message) {
    answer(context, 503, "UNAVAILABLE", message);
  }

  private static void answer(Context context, int status, String title, String detail) {
    ObjectNode problem = JSON.createObjectNode();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    context.status(status);
    context.contentType("application/problem+json");
    context.result(problem.toString());
  }

  private static int status(FailureReason reason) {
    return switch (reason) {
      case EMPTY_INPUT -> 400;
      case TOO_LARGE -> 413;
      default -> 415;
    };
  }
}
