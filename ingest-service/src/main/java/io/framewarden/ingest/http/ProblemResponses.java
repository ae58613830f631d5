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
  /** What a problem's type begins with; the kind's label follows. */
  static final String TYPE = "urn:framewarden:problem:";

  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(5);

  private final HttpMetrics metrics;

  ProblemResponses(HttpMetrics metrics) {
    this.metrics = metrics;
  }

  /** Maps whatever handlers throw. */
  void addTo(RoutesConfig routes) {
    routes.exception(ApiException.class, (refusal, context) -> answer(context, refusal));
    routes.exception(UploadRefusedException.class, (refused, context) -> refused(context, refused));
    routes.exception(IOException.class, (problem, context) -> failed(context, problem));
    routes.exception(UncheckedIOException.class, (problem, context) -> failed(context, problem));
    routes.exception(
        HttpResponseException.class, (problem, context) -> framework(context, problem));
    routes.exception(Exception.class, (problem, context) -> bug(context, problem));
  }

  private void answer(Context context, ApiException refusal) {
    ProblemType kind = refusal.kind();
    refusal
        .retryAfter()
        .ifPresent(
            wait ->
                context.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds() + 1))));
    if (kind == ProblemType.UNAUTHENTICATED) {
      context.header("WWW-Authenticate", "Bearer realm=\"framewarden\"");
    }
    answer(context, kind, status(kind), refusal.getMessage(), Optional.empty());
  }

  private void refused(Context context, UploadRefusedException refused) {
    FailureReason reason = refused.reason();
    ProblemType kind =
        reason == FailureReason.TOO_LARGE ? ProblemType.TOO_LARGE : ProblemType.REFUSED_CONTENT;
    int status = reason == FailureReason.EMPTY_INPUT ? 400 : status(kind);
    answer(context, kind, status, refused.getMessage(), Optional.of(reason));
  }

  private void failed(Context context, Exception problem) {
    Optional<ApiException> refusal = ApiIOException.in(problem);
    if (refusal.isPresent()) {
      answer(context, refusal.get());
    } else if (DiskFullErrors.isCauseOf(problem)) {
      LOG.error("no room for an upload", problem);
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
              SOON));
    }
  }

  private void framework(Context context, HttpResponseException problem) {
    int status = problem.getStatus();
    ProblemType kind =
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
    answer(context, kind, status, kind.title(), Optional.empty());
  }

  private void bug(Context context, Exception problem) {
    LOG.error("{} {} failed", context.method(), context.path(), problem);
    answer(
        context,
        ProblemType.INTERNAL_ERROR,
        status(ProblemType.INTERNAL_ERROR),
        "the service failed; its log says why",
        Optional.empty());
  }

  private void answer(
      Context context,
      ProblemType kind,
      int status,
      String detail,
      Optional<FailureReason> reason) {
    metrics.refused(kind);
    ObjectNode problem = JSON.createObjectNode();
    problem.put("type", TYPE + kind.label());
    problem.put("title", kind.title());
    problem.put("status", status);
    problem.put("detail", detail);
    reason.ifPresent(why -> problem.put("reason", why.name()));
    context.status(status);
    context.contentType("application/problem+json");
    context.result(problem.toString());
  }

  static int status(ProblemType kind) {
    return switch (kind) {
      case MALFORMED_REQUEST, BROKEN_OFF -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, SOURCE_NOT_ALLOWED -> 403;
      case UNKNOWN_PATH, UNKNOWN_VIDEO, UNKNOWN_UPLOAD -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case TOO_SLOW -> 408;
      case REQUEST_IN_PROGRESS, OFFSET_MISMATCH -> 409;
      case DELETED, EXPIRED -> 410;
      case UNSUPPORTED_TUS_VERSION -> 412;
      case TOO_LARGE -> 413;
      case REFUSED_CONTENT, WRONG_CONTENT_TYPE -> 415;
      case KEY_REUSED, SOURCE_UNAVAILABLE -> 422;
      case LOCKED -> 423;
      case RATE_LIMITED -> 429;
      case CHECKSUM_MISMATCH -> 460;
      case INTERNAL_ERROR -> 500;
      case BUSY, UNAVAILABLE -> 503;
      case QUOTA_EXCEEDED, STORAGE_FULL -> 507;
    };
  }
}
