package io.framewarden.detector.scoring;

import io.framewarden.detector.release.LoadedModel;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/**
 * What the scorer counts. Frames are counted when their transaction is committed, never before, so
 * that the books balance: received = scored + dead-lettered. Safe for several threads.
 */
public final class ScoringMetrics {
  private final Counter received;
  private final Counter scored;
  private final Counter mismatched;
  private final Counter transactions;
  private final Histogram batchSize;
  private final Histogram inference;
  private final Gauge model;

  public ScoringMetrics(CollectorRegistry registry) {
    received =
        Counter.build(
                "framewarden_face_frames_received_total",
                "Records of face-frames answered in committed transactions.")
            .register(registry);
    scored =
        Counter.build("framewarden_frames_scored_total", "Face frames scored and committed.")
            .register(registry);
    mismatched =
        Counter.build(
                "framewarden_extraction_mismatches_total",
                "Frames scored although another recipe extracted them than the model knows.")
            .register(registry);
    transactions =
        Counter.build("framewarden_transactions_total", "Transactions of the scorer, by outcome.")
            .labelNames("outcome")
            .register(registry);
    batchSize =
        Histogram.build("framewarden_batch_size", "Faces in one call of the engine.")
            .buckets(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(registry);
    inference =
        Histogram.build("framewarden_inference_seconds", "Time of one call of the engine.")
            .buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .register(registry);
    model =
        Gauge.build("framewarden_model_info", "1 for the model that scores.")
            .labelNames("name", "version", "digest", "engine")
            .register(registry);
  }

  /** Counts a committed transaction with what it answered. */
  public void committed(long receivedFrames, long scoredFrames, long mismatchedFrames) {
    received.inc(receivedFrames);
    scored.inc(scoredFrames);
    mismatched.inc(mismatchedFrames);
    transactions.labels("committed").inc();
  }

  /** Counts a transaction that came to nothing. */
  public void aborted() {
    transactions.labels("aborted").inc();
  }

  /** Shows which model scores from now on. */
  public void scoresWith(LoadedModel loaded) {
    model.clear();
    model.labels(loaded.name(), loaded.version(), loaded.digest(), loaded.engine().name()).set(1);
  }

  void inferred(int faces, double seconds) {
    batchSize.observe(faces);
    inference.observe(seconds);
  }
}
