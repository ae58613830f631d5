package io.framewarden.detector.scoring;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Summary;

/**
 * How the shadow model compares with the active one. The mean absolute difference is sum over
 * count, the disagreement rate disagreements over count, over any window of time. Safe for several
 * threads.
 */
public final class ShadowMetrics {
  private final Summary difference;
  private final Counter disagreements;
  private final Counter failedFrames;
  private final Counter failures;

  public ShadowMetrics(CollectorRegistry registry) {
    difference =
        Summary.build(
                "framewarden_shadow_absolute_difference",
                "Absolute difference of P(fake) per frame, shadow model to active model.")
            .register(registry);
    disagreements =
        Counter.build(
                "framewarden_shadow_disagreements_total",
                "Frames that one model calls fake and the other does not, each at its first"
                    + " operating point.")
            .register(registry);
    failedFrames =
        Counter.build(
                "framewarden_shadow_failed_frames_total",
                "Frames that the active model scored and the shadow model could not.")
            .register(registry);
    failures =
        Counter.build(
                "framewarden_shadow_failures_total", "Batches that the shadow model failed on.")
            .register(registry);
  }

  void observeDifference(double absoluteDifference, boolean agrees) {
    difference.observe(absoluteDifference);
    if (!agrees) {
      disagreements.inc();
    }
  }

  void countFailedFrame() {
    failedFrames.inc();
  }

  void countFailedBatch() {
    failures.inc();
  }
}
