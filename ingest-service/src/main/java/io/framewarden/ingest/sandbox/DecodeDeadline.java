package io.framewarden.ingest.sandbox;

import io.framewarden.ingest.sandbox.wire.JobProgress;
import java.util.Optional;

/**
 * How long a child may go on with one video. The time that the sink takes does not count: when
 * Kafka takes its time with the faces, no child is to blame. One video, one thread.
 *
 * <p>The deadline is that of the duration that the container claims, or of the time that has been
 * reached where that is later; both are bounded by the longest video that is decoded at all.
 */
final class DecodeDeadline {
  private static final double SECONDS_PER_MICRO = 1e-6;
  private static final double SECONDS_PER_NANO = 1e-9;

  private final SandboxConfig config;
  private double lengthSeconds;
  private double waitedSeconds;
  private double silentSeconds;

  DecodeDeadline(SandboxConfig config) {
    this.config = config;
  }

  /** Adds time that was spent waiting for the child. */
  void elapsed(long nanos) {
    waitedSeconds += nanos * SECONDS_PER_NANO;
    silentSeconds += nanos * SECONDS_PER_NANO;
  }

  /** Something came that only a decoder that works on sends. */
  void progressed() {
    silentSeconds = 0;
  }

  void progressed(JobProgress progress) {
    lengthSeconds =
        Math.max(
            lengthSeconds,
            Math.max(progress.claimedUs(), progress.reachedUs()) * SECONDS_PER_MICRO);
    progressed();
  }

  /** The deadline that was missed, if one was. */
  Optional<DecoderException> missed() {
    if (waitedSeconds > deadlineSeconds()) {
      return Optional.of(
          new DecoderException(
              ExitCause.DEADLINE,
              "decoding did not end within the %.0f seconds that a video of this length may take"
                  .formatted(deadlineSeconds())));
    }
    if (silentSeconds > config.stall().toMillis() / 1000.0) {
      return Optional.of(
          new DecoderException(
              ExitCause.STALLED,
              "the decoder made no progress for " + config.stall().toSeconds() + " seconds"));
    }
    return Optional.empty();
  }

  private double deadlineSeconds() {
    return config.deadline().toMillis() / 1000.0 + config.deadlineFactor() * lengthSeconds;
  }
}
