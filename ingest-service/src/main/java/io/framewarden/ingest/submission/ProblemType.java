package io.framewarden.ingest.submission;

import java.util.Locale;

/**
 * Why a request is not fulfilled, beside what is wrong with a video. One enum for the problem's
 * type, its title and the metric label; clients may rely on the names.
 */
public enum ProblemType {
  MALFORMED_REQUEST("The request cannot be understood"),
  UNAUTHENTICATED("A valid token is needed"),
  FORBIDDEN("The token does not allow this"),
  UNKNOWN_PATH("There is nothing at this path"),
  METHOD_NOT_ALLOWED("This path does not know this method"),
  UNKNOWN_VIDEO("There is no such video"),
  UNKNOWN_UPLOAD("There is no such upload"),
  DELETED("The video was deleted"),
  NO_VERDICT("The video has no verdict yet"),
  VERDICT_CHANGED("The verdict is another one by now"),
  INVALID_DECISION("The decision contradicts the verdict"),
  EXPIRED("The upload has expired"),
  REFUSED_CONTENT("The content is not taken"),
  TOO_LARGE("The content is too large"),
  REQUEST_IN_PROGRESS("The same request is still being answered"),
  KEY_REUSED("The idempotency key belongs to another request"),
  RATE_LIMITED("Too many uploads in a short time"),
  QUOTA_EXCEEDED("The submitter's storage is used up"),
  STORAGE_FULL("The server's storage is full"),
  BUSY("Too many uploads at once"),
  UNAVAILABLE("Something that the service needs does not answer"),
  TOO_SLOW("The content came too slowly"),
  BROKEN_OFF("The content broke off"),
  OFFSET_MISMATCH("The upload is at another offset"),
  CHECKSUM_MISMATCH("The content has another checksum"),
  LOCKED("The upload is being written to"),
  UNSUPPORTED_TUS_VERSION("This tus version is not spoken"),
  WRONG_CONTENT_TYPE("The content type is not the one that this takes"),
  SOURCE_NOT_ALLOWED("Videos are not fetched from there"),
  SOURCE_UNAVAILABLE("The source gave no video"),
  INTERNAL_ERROR("The service failed");

  private final String title;

  ProblemType(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** As part of a problem's type and as metric label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
