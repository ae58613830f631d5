package io.framewarden.ingest.pace;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** Metrics of the throttle. Safe for several threads. */
final class ThrottleMetrics {
  private final Gauge frames =
      Gauge.build(
              "framewarden_face_frames_waiting",
              "Face frames that the scorers have not read yet: their consumer lag.")
          .create();
  private final Gauge fullness =
      Gauge.build(
              "framewarden_scorer_lag_ratio",
              "Lag of the scorers to what face-frames retains, by bytes or age; NaN if unknown.")
          .create();
  private final Gauge paused =
      Gauge.build(
              "framewarden_extraction_paused",
              "1 while extraction waits for the scorers, or for room on the disk.")
          .create();
  private final Counter seconds =
      Counter.build(
              "framewarden_extraction_paused_seconds",
              "Seconds that extractions waited for the scorers or the disk, summed over them.")
          .create();
  private final Gauge lost =
      Gauge.build(
              "framewarden_face_frames_expired",
              "Face frames that retention deleted before the scorers read them, until they read"
                  + " on.")
          .create();

  ThrottleMetrics(CollectorRegistry registry) {
    registry.register(frames);
    registry.register(fullness);
    registry.register(paused);
    registry.register(seconds);
    registry.register(lost);
    fullness.set(Double.NaN);
  }

  void measured(ScorerLag lag, boolean isPaused) {
    frames.set(lag.frames());
    fullness.set(lag.fullness());
    lost.set(lag.lost());
    paused(isPaused);
  }

  void paused(boolean isPaused) {
    paused.set(isPaused ? 1 : 0);
  }

  void unknown(boolean isPaused) {
    fullness.set(Double.NaN);
    paused(isPaused);
  }

  void waited(double time) {
    seconds.inc(time);
  }
}
