package io.framewarden.ingest.sandbox;

import io.framewarden.ingest.sandbox.wire.JobProgress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a child may go on with one video. The time that the sink takes does not count: when
 * Kafka takes its time with the faces, no child is to blame. Neither does the time that the child
 * waits for a processor: a machine with too much to do makes no video harder to decode. A bound far
 * off holds for the time on the clock. One video, one thread.
 *
 * <p>The deadline is that of the duration that the container claims, or of the time that has been
 * reached where that is later; both are bounded by the longest video that is decoded at all.
 */
final class DecodeDeadline {
  private static final double SECONDS_PER_MICRO = 1e-6;
  private static final double SECONDS_PER_NANO = 1e-9;

  /** How many times the deadline may pass on the clock, whatever the child waited for. */
  private static final double CLOCK_FACTOR = 20;

  /** How often time is counted, less that in which the child waited for a processor. */
  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SandboxConfig config;
  private final LongSupplier processorWait;
  private double lengthSeconds;
  private double clockSeconds;
  private long unsampledNanos;
  private double waitedSeconds;
  private double silentSeconds;

  /**
   * @param processorWait for how many nanoseconds since it was asked last the child waited for a
   *     processor
   */
  DecodeDeadline(SandboxConfig config, LongSupplier processorWait) {
    this.config = config;
    this.processorWait = processorWait;
  }

  /** Adds time that was spent waiting for the child. */
  void elapsed(long nanos) {
    unsampledNanos += nanos;
    if (unsampledNanos >= SAMPLE_NANOS) {
      long excused = Math.min(unsampledNanos, processorWait.getAsLong());
      clockSeconds += unsampledNanos * SECONDS_PER_NANO;
      waitedSeconds += (unsampledNanos - excused) * SECONDS_PER_NANO;
      silentSeconds += (unsampledNanos - excused) * SECONDS_PER_NANO;
      unsampledNanos = 0;
    }
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
      return Optional.of(late("%.0f seconds", deadlineSeconds()));
    }
    if (clockSeconds > CLOCK_FACTOR * deadlineSeconds()) {
      return Optional.of(
          late(
              "%.0f seconds, on a machine with too much to do,", CLOCK_FACTOR * deadlineSeconds()));
    }
    if (silentSeconds > config.stall().toMillis() / 1000.0) {
      return Optional.of(
          new DecoderException(
              ExitCause.STALLED,
              "the decoder made no progress for " + config.stall().toSeconds() + " seconds"));
    }
    return Optional.empty();
  }

  private static DecoderException late(String within, double seconds) {
    return new DecoderException(
        ExitCause.DEADLINE,
        "decoding did not end within the "
            + within.formatted(seconds)
            + " that a video of this length may take");
  }

  private double deadlineSeconds() {
    return config.deadline().toMillis() / 1000.0 + config.deadlineFactor() * lengthSeconds;
  }
}
