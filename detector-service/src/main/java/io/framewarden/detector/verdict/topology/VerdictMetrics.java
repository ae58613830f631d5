package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.Transition;
import io.framewarden.v1.Timings;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Locale;

/**
 * The metrics of the verdict topology. Scores received = counted + duplicate + stale + dead
 * letters. Safe for several threads.
 */
public final class VerdictMetrics {
  private static final double MICROS_PER_SECOND = 1e6;

  private final Counter received;
  private final Counter counted;
  private final Counter duplicate;
  private final Counter stale;
  private final Counter rescores;
  private final Counter verdicts;
  private final Histogram endToEnd;
  private final Gauge open;

  /** Registers the metrics; a registry takes them once. */
  public VerdictMetrics(CollectorRegistry registry) {
    received =
        Counter.build(
                "framewarden_scores_received_total", "Score records received, readable or not.")
            .register(registry);
    counted =
        Counter.build("framewarden_scores_counted_total", "Scores that count for a verdict.")
            .register(registry);
    duplicate =
        Counter.build(
                "framewarden_scores_duplicate_total", "Scores of frames that were scored before.")
            .register(registry);
    stale =
        Counter.build(
                "framewarden_scores_stale_total",
                "Scores of extraction attempts that a later one replaced.")
            .register(registry);
    rescores =
        Counter.build(
                "framewarden_rescores_requested_total",
                "Frames requested to be scored again, because another model judges their video.")
            .register(registry);
    verdicts =
        Counter.build("framewarden_verdicts_total", "Verdicts emitted, by status and label.")
            .labelNames("status", "label")
            .register(registry);
    endToEnd =
        Histogram.build(
                "framewarden_end_to_end_seconds",
                "Time from an upload's receipt to its final verdict.")
            .buckets(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600)
            .register(registry);
    open =
        Gauge.build(
                "framewarden_videos_open",
                "Videos that wait for the final verdict of their attempt.")
            .register(registry);
  }

  /** Counts a score record, before it is read. */
  void countReceived() {
    received.inc();
  }

  /** Counts what became of a score. */
  void countScore(Transition.Effect effect) {
    switch (effect) {
      case COUNTED -> counted.inc();
      case DUPLICATE -> duplicate.inc();
      case STALE -> stale.inc();
    }
  }

  /** Counts frames that are requested to be scored again. */
  void countRescores(int frames) {
    rescores.inc(frames);
  }

  /** Counts a verdict, and observes the time that a final one took. */
  void countVerdict(Verdict verdict) {
    verdicts
        .labels(
            verdict.getStatus().name().toLowerCase(Locale.ROOT),
            verdict.getLabel().name().toLowerCase(Locale.ROOT))
        .inc();
    Timings timings = verdict.getTimings();
    if (verdict.getStatus() == VerdictStatus.FINAL && timings.getReceivedUs() > 0) {
      endToEnd.observe((timings.getDecidedUs() - timings.getReceivedUs()) / MICROS_PER_SECOND);
    }
  }

  /** Adds videos that wait for a final verdict. */
  void addOpen(int videos) {
    open.inc(videos);
  }

  /** Removes videos that no longer wait. */
  void removeOpen(int videos) {
    open.dec(videos);
  }
}
