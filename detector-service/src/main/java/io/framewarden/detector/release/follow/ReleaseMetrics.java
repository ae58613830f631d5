package io.framewarden.detector.release.follow;

import io.framewarden.detector.release.ModelRefusedException;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** The metrics of following releases. Safe for several threads. */
public final class ReleaseMetrics {
  private final Counter refused;
  private final Histogram swap;

  public ReleaseMetrics(CollectorRegistry registry) {
    refused =
        Counter.build(
                "framewarden_releases_refused_total",
                "Released models that this scorer refused, by reason.")
            .labelNames("reason")
            .register(registry);
    swap =
        Histogram.build(
                "framewarden_model_swap_seconds",
                "Time from a release's arrival to the first batch that may use it, by stage.")
            .labelNames("stage")
            .buckets(0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
            .register(registry);
    for (ModelRefusedException.Reason reason : ModelRefusedException.Reason.values()) {
      refused.labels(reason.label());
    }
  }

  void countRefused(ModelRefusedException.Reason reason) {
    refused.labels(reason.label()).inc();
  }

  void observeSwap(String stage, double seconds) {
    swap.labels(stage).observe(seconds);
  }
}
