package io.framewarden.ingest.sandbox;

import io.framewarden.ingest.sandbox.wire.JobProgress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long a child may go on with one video. The time that the sink takes does not count: when
 * Kafka takes its time with the faces, no child is to blame. Neither does the time that the child
 * waits for a processor: a machine with too much to do makes no video harder to decode. A bound far
 * off holds for the time on the clock. One video, one thread.
 *
 * <p>The deadline is that of the duration that the container claims, or of the time that has been
 * reached where that is later; both are bounded by the longest video that is decoded at all.
 *
 * <p>A deadline that was missed is the video's doing only where the child worked for a good part of
 * it, by its processor time. One that hardly worked was kept from it, by a slow disk or by whoever
 * stopped it.
 */
final class DecodeDeadline {
  private static final double SECONDS_PER_MICRO = 1e-6;
  private static final double SECONDS_PER_NANO = 1e-9;

  /** How many times the deadline may pass on the clock, whatever the child waited for. */
  private static final double CLOCK_FACTOR = 20;

  /** A child that worked for this part of the time that counts was not kept from working. */
  private static final double WORKING_SHARE = 0.5;

  /** How often time is counted, less that in which the child waited for a processor. */
  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SandboxConfig config;
  private final LongSupplier processorWait;
  private final Supplier<Duration> processorTime;
  private final double usedBefore;
  private double lengthSeconds;
  private double clockSeconds;
  private long unsampledNanos;
  private double waitedSeconds;
  private double silentSeconds;
  private double usedAtSample;
  private double usedBeforeSilence;

  /**
   * @param processorWait for how many nanoseconds since it was asked last the child waited for a
   *     processor
   * @param processorTime how much the child has used in its life
   */
  DecodeDeadline(
      SandboxConfig config, LongSupplier processorWait, Supplier<Duration> processorTime) {
    this.config = config;
    this.processorWait = processorWait;
    this.processorTime = processorTime;
    this.usedBefore = usedSeconds();
    this.usedAtSample = usedBefore;
  }

  /** Adds time that was spent waiting for the child. */
  void elapsed(long nanos) {
    unsampledNanos += nanos;
    if (unsampledNanos >= SAMPLE_NANOS) {
      if (silentSeconds == 0) {
        usedBeforeSilence = usedAtSample;
      }
      usedAtSample = usedSeconds();
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
      String late =
          "decoding did not end within the %.0f seconds that a video of this length may take"
              .formatted(deadlineSeconds());
      return Optional.of(
          worked(usedBefore, waitedSeconds)
              ? new DecoderException(ExitCause.DEADLINE, late)
              : new DecoderException(ExitCause.STARVED, late + ", and hardly got to work"));
    }
    if (clockSeconds > CLOCK_FACTOR * deadlineSeconds()) {
      return Optional.of(
          new DecoderException(
              ExitCause.STARVED,
              "decoding did not end within %.0f seconds: the machine had too much else to do"
                  .formatted(CLOCK_FACTOR * deadlineSeconds())));
    }
    if (silentSeconds > config.stall().toMillis() / 1000.0) {
      boolean worked = worked(usedBeforeSilence, silentSeconds);
      return Optional.of(
          new DecoderException(
              worked ? ExitCause.STALLED : ExitCause.IDLE,
              "the decoder made no progress for %d seconds%s"
                  .formatted(config.stall().toSeconds(), worked ? "" : ", and did no work")));
    }
    return Optional.empty();
  }

  private boolean worked(double before, double outOfSeconds) {
    return usedSeconds() - before >= WORKING_SHARE * outOfSeconds;
  }

  private double usedSeconds() {
    return processorTime.get().toNanos() * SECONDS_PER_NANO;
  }

  private double deadlineSeconds() {
    return config.deadline().toMillis() / 1000.0 + config.deadlineFactor() * lengthSeconds;
  }
}
