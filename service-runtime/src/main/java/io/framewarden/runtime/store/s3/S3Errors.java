package io.framewarden.runtime.store.s3;

import io.framewarden.runtime.store.StoreFullException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 answers, as this store's exceptions. Messages hold no header, so no signature either. */
final class S3Errors {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CHANGED = 412;
  private static final int SERVER_ERROR = 500;
  private static final int INSUFFICIENT_STORAGE = 507;

  /** What servers that can be full say, beside 507. */
  private static final Set<String> FULL =
      Set.of("XMinioStorageFull", "QuotaExceeded", "InsufficientCapacity", "EntityStorageFull");

  /** Refusals that are not of one object: who asks is unknown, asks too much, or asks elsewhere. */
  private static final Set<String> OF_WHO_ASKS =
      Set.of(
          "AccountProblem",
          "AllAccessDisabled",
          "AuthorizationHeaderMalformed",
          "ExpiredToken",
          "IllegalLocationConstraintException",
          "InvalidAccessKeyId",
          "InvalidSecurity",
          "InvalidToken",
          "NoSuchBucket",
          "NotSignedUp",
          "RequestExpired",
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired");

  /** Unauthorized, proxy's authentication, timeout, too early, too many requests. */
  private static final Set<Integer> STATUS_OF_WHO_ASKS = Set.of(401, 407, 408, 425, 429);

  private S3Errors() {}

  /**
   * The exception of this store.
   *
   * @param what was asked for, a URI
   */
  static IOException of(String what, SdkException failure) {
    if (!(failure instanceof S3Exception answer)) {
      return new IOException(
          what + ": S3 cannot be reached or used: " + failure.getMessage(), failure);
    }
    String code = code(answer);
    if (answer.statusCode() == INSUFFICIENT_STORAGE || FULL.contains(code)) {
      return new StoreFullException(what + ": the S3 server has no room left", failure);
    }
    return switch (answer.statusCode()) {
      case NOT_FOUND ->
          code.equals("NoSuchBucket")
              ? new IOException(what + ": there is no such bucket; create it first", failure)
              : missing(what, failure);
      case CHANGED -> new IOException(what + " was replaced while it was read", failure);
      default -> isOfObject(answer, code) ? refused(what, code, answer) : other(what, code, answer);
    };
  }

  /**
   * Whether a refusal is of one object, and will be the same the next time: no right to read it,
   * which S3 also says of what is not there to those who may not list; archived; encrypted with a
   * key that is not ours or not there; a name that the server does not take.
   */
  private static boolean isOfObject(S3Exception answer, String code) {
    int status = answer.statusCode();
    return status >= BAD_REQUEST
        && status < SERVER_ERROR
        && !STATUS_OF_WHO_ASKS.contains(status)
        && !OF_WHO_ASKS.contains(code)
        && (status != FORBIDDEN || !code.isEmpty())
        && !answer.isThrottlingException()
        && !answer.isClockSkewException();
  }

  private static IOException refused(String what, String code, S3Exception answer) {
    String why = code.isEmpty() ? "status " + answer.statusCode() : code;
    AccessDeniedException refused =
        new AccessDeniedException(what, null, "S3 does not give it out (" + why + ")");
    refused.initCause(answer);
    return refused;
  }

  private static IOException other(String what, String code, S3Exception answer) {
    return answer.statusCode() == FORBIDDEN
        ? new IOException(
            what + ": S3 refuses access (" + code + "); check the credentials and what they may do",
            answer)
        : new IOException(what + ": " + answer.getMessage(), answer);
  }

  private static NoSuchFileException missing(String what, SdkException failure) {
    NoSuchFileException missing = new NoSuchFileException(what);
    missing.initCause(failure);
    return missing;
  }

  private static String code(S3Exception answer) {
    return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
        ? ""
        : answer.awsErrorDetails().errorCode();
  }
}
