package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ApiIOException;
import io.framewarden.ingest.submission.DiskFullErrors;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.v1.FailureReason;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as problem details (RFC 9457), with a type that stays. */
final class ProblemResponses {
  /** What a problem's type begins with; its label follows. */
  static final String TYPE = "urn:framewarden:problem:";

  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final HttpMetrics metrics;

  ProblemResponses(HttpMetrics metrics) {
    this.metrics = metrics;
  }

  /** Maps whatever handlers throw. */
  void addTo(RoutesConfig routes) {
    routes.exception(ApiException.class, (problem, context) -> answer(context, problem));
    routes.exception(UploadRefusedException.class, (refused, context) -> refused(context, refused));
    routes.exception(IOException.class, (problem, context) -> failed(context, problem));
    routes.exception(UncheckedIOException.class, (problem, context) -> failed(context, problem));
    routes.exception(
        HttpResponseException.class, (problem, context) -> framework(context, problem));
    routes.exception(Exception.class, (problem, context) -> bug(context, problem));
  }

  private void answer(Context context, ApiException problem) {
    ProblemType type = problem.type();
    problem
        .retryAfter()
        .ifPresent(
            wait ->
                context.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds() + 1))));
    if (type == ProblemType.UNAUTHENTICATED) {
      context.header("WWW-Authenticate", "Bearer realm=\"framewarden\"");
    }
    answer(context, type, status(type), problem.getMessage());
  }

  private void refused(Context context, UploadRefusedException refused) {
    FailureReason reason = refused.reason();
    ProblemType type =
        reason == FailureReason.TOO_LARGE ? ProblemType.TOO_LARGE : ProblemType.REFUSED_CONTENT;
    int status = reason == FailureReason.EMPTY_INPUT ? 400 : status(type);
    ObjectNode body = body(type, status, refused.getMessage());
    body.put("reason", reason.name());
    answer(context, type, status, body);
  }

  private void failed(Context context, Exception problem) {
    Optional<ApiException> cause = ApiIOException.in(problem);
    if (cause.isPresent()) {
      answer(context, cause.get());
    } else if (DiskFullErrors.isCauseOf(problem)) {
      LOG.error("the disk is full: an upload is refused", problem);
      answer(
          context,
          new ApiException(
              ProblemType.STORAGE_FULL, "the server has no room for this now; try again later"));
    } else {
      LOG.warn("{} {} failed", context.method(), context.path(), problem);
      answer(
          context,
          new ApiException(
              ProblemType.UNAVAILABLE,
              "the service cannot reach something that it needs; try again",
              RETRY_AFTER));
    }
  }

  private void framework(Context context, HttpResponseException problem) {
    int status = problem.getStatus();
    ProblemType type =
        switch (status) {
          case 404 -> ProblemType.UNKNOWN_PATH;
          case 405 -> ProblemType.METHOD_NOT_ALLOWED;
          case 413 -> ProblemType.TOO_LARGE;
          default -> status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR;
        };
    String allowed = problem.getDetails().get("availableMethods");
    if (allowed != null) {
      context.header("Allow", allowed);
    }
    answer(context, type, status, type.title());
  }

  private void bug(Context context, Exception problem) {
    LOG.error("{} {} failed", context.method(), context.path(), problem);
    answer(
        context,
        ProblemType.INTERNAL_ERROR,
        status(ProblemType.INTERNAL_ERROR),
        "the service failed; its log says why");
  }

  private void answer(Context context, ProblemType type, int status, String detail) {
    answer(context, type, status, body(type, status, detail));
  }

  private static ObjectNode body(ProblemType type, int status, String detail) {
    ObjectNode problem = JSON.createObjectNode();
    problem.put("type", TYPE + type.label());
    problem.put("title", type.title());
    problem.put("status", status);
    problem.put("detail", detail);
    return problem;
  }

  private void answer(Context context, ProblemType type, int status, ObjectNode body) {
    metrics.problem(type);
    context.status(status);
    context.contentType("application/problem+json");
    context.result(body.toString());
  }

  static int status(ProblemType type) {
    return switch (type) {
      case MALFORMED_REQUEST, BROKEN_OFF -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, SOURCE_NOT_ALLOWED -> 403;
      case UNKNOWN_PATH, UNKNOWN_VIDEO, UNKNOWN_UPLOAD -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case TOO_SLOW -> 408;
      case REQUEST_IN_PROGRESS, OFFSET_MISMATCH, NO_VERDICT, VERDICT_CHANGED -> 409;
      case DELETED, EXPIRED -> 410;
      case UNSUPPORTED_TUS_VERSION -> 412;
      case TOO_LARGE -> 413;
      case REFUSED_CONTENT, WRONG_CONTENT_TYPE -> 415;
      case KEY_REUSED, SOURCE_UNAVAILABLE, INVALID_DECISION -> 422;
      case LOCKED -> 423;
      case RATE_LIMITED -> 429;
      case CHECKSUM_MISMATCH -> 460;
      case INTERNAL_ERROR -> 500;
      case BUSY, UNAVAILABLE -> 503;
      case QUOTA_EXCEEDED, STORAGE_FULL -> 507;
    };
  }
}
