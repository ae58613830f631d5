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
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CHANGED = 412;
  private static final int INSUFFICIENT_STORAGE = 507;

  /** What servers that can be full say, beside 507. */
  private static final Set<String> FULL =
      Set.of("XMinioStorageFull", "QuotaExceeded", "InsufficientCapacity", "EntityStorageFull");

  /**
   * Refusals of one object: no right to read it, which S3 also says of what is not there to those
   * who may not list, and an archived one.
   */
  private static final Set<String> OBJECTS_OWN = Set.of("AccessDenied", "InvalidObjectState");

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
      case FORBIDDEN -> forbidden(what, code, failure);
      case CHANGED -> new IOException(what + " was replaced while it was read", failure);
      default -> new IOException(what + ": " + failure.getMessage(), failure);
    };
  }

  /** Some refusals are about one object, the others about whoever asks. */
  private static IOException forbidden(String what, String code, SdkException failure) {
    String why = "S3 refuses access (" + code + "); check the credentials and what they may do";
    if (!OBJECTS_OWN.contains(code)) {
      return new IOException(what + ": " + why, failure);
    }
    AccessDeniedException denied = new AccessDeniedException(what, null, why);
    denied.initCause(failure);
    return denied;
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
