package io.framewarden.detector.rescore;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** The rescorer's metrics, counted on commit. Safe for several threads. */
public final class RescoreMetrics {

  /** How a frame was answered. */
  enum Outcome {
    SCORED,
    FAILED,
    /** Retention had removed it. */
    GONE
  }

  private final Counter frames;
  private final Counter modelTimeouts;

  public RescoreMetrics(CollectorRegistry registry) {
    frames =
        Counter.build(
                "framewarden_rescored_frames_total", "Frames of rescore requests, by outcome.")
            .labelNames("outcome")
            .register(registry);
    modelTimeouts =
        Counter.build(
                "framewarden_rescores_given_up_total",
                "Requests answered with an older model, because the wanted one was not loaded in"
                    + " time.")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      frames.labels(label(outcome));
    }
  }

  void countFrame(Outcome outcome) {
    frames.labels(label(outcome)).inc();
  }

  void countModelTimeout() {
    modelTimeouts.inc();
  }

  private static String label(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
