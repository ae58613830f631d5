package io.framewarden.extraction.extract;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Adds up where the time of one extraction goes: two readings of the clock for each piece of work,
 * which is a frame or a face and never less. Safe for several threads, whose times add up.
 */
public final class StageTimer {
  private final AtomicLongArray nanos = new AtomicLongArray(ExtractionStage.values().length);

  /**
   * A piece of work.
   *
   * @param <T> its result
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs a piece of work and counts its time, however it ends. */
  public <T, E extends Exception> T time(ExtractionStage stage, Work<T, E> work) throws E {
    long start = System.nanoTime();
    try {
      return work.run();
    } finally {
      nanos.addAndGet(stage.ordinal(), System.nanoTime() - start);
    }
  }

  /** The times so far, of those stages that were entered. */
  public StageTimes times() {
    Map<ExtractionStage, Duration> spent = new EnumMap<>(ExtractionStage.class);
    for (ExtractionStage stage : ExtractionStage.values()) {
      long counted = nanos.get(stage.ordinal());
      if (counted > 0) {
        spent.put(stage, Duration.ofNanos(counted));
      }
    }
    return new StageTimes(spent);
  }
}
