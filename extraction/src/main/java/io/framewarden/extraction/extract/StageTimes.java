package io.framewarden.extraction.extract;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where the time of an extraction went.
 *
 * @param spent wall time of each stage that was entered, added up over the threads that were in it
 *     at the same time: two threads that detect for a second make two seconds. Waiting for another
 *     stage is no stage's time
 */
public record StageTimes(Map<ExtractionStage, Duration> spent) {
  /** No stage was entered, or no times are known. */
  public static final StageTimes NONE = new StageTimes(Map.of());

  public StageTimes {
    spent = Map.copyOf(spent);
  }

  /** The time of one stage; zero where it was not entered. */
  public Duration of(ExtractionStage stage) {
    return spent.getOrDefault(stage, Duration.ZERO);
  }

  /** The sum of both, stage by stage. */
  public StageTimes plus(StageTimes more) {
    Map<ExtractionStage, Duration> sum = new EnumMap<>(ExtractionStage.class);
    sum.putAll(spent);
    more.spent.forEach((stage, time) -> sum.merge(stage, time, Duration::plus));
    return new StageTimes(sum);
  }
}
