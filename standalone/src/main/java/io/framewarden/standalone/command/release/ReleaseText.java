package io.framewarden.standalone.command.release;

import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A release event in words for a terminal. */
public final class ReleaseText {
  private ReleaseText() {}

  /** The event on one line: model, version, digest and its new stage. */
  public static String line(ModelRelease event) {
    return VisibleText.of(
        "%s %s (%s) is now %s"
            .formatted(
                event.getModelName(), event.getVersion(), event.getModelDigest(), stage(event)));
  }

  /** The stage that an event names. */
  static String stage(ModelRelease event) {
    String stage = event.getStage().name().toLowerCase(Locale.ROOT);
    return event.getShare() > 0 ? stage + " for a share of " + event.getShare() : stage;
  }

  /** Of several that were made active, one is; the others are what a rollback goes back to. */
  static String stage(ReleaseHistory history, ModelRelease event) {
    boolean isBefore =
        event.getStage() == ReleaseStage.ACTIVE
            && !history.active(event.getModelName()).filter(event::equals).isPresent();
    return isBefore ? "active before" : stage(event);
  }

  /** The event's time in UTC, to the second. */
  static String since(ModelRelease event) {
    return Instant.EPOCH
        .plus(event.getReleasedTimeUs(), ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }
}
