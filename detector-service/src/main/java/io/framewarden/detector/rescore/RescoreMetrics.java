package io.framewarden.detector.rescore;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** What the re-scorer counts, on commit. Safe for several threads. */
public final class RescoreMetrics {

  /** What became of a frame. */
  enum Fate {
    SCORED,
    FAILED,
    /** Retention had removed it. */
    GONE
  }

  private final Counter frames;
  private final Counter waited;

  public RescoreMetrics(CollectorRegistry registry) {
    frames =
        Counter.build("framewarden_rescored_frames_total", "Frames answered again, by what became.")
            .labelNames("outcome")
            .register(registry);
    waited =
        Counter.build(
                "framewarden_rescores_given_up_total",
                "Requests answered with an older model, since the wanted one did not come.")
            .register(registry);
    for (Fate fate : Fate.values()) {
      frames.labels(label(fate));
    }
  }

  void answered(Fate fate, int count) {
    frames.labels(label(fate)).inc(count);
  }

  void gaveUpWaiting() {
    waited.inc();
  }

  private static String label(Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }
}
