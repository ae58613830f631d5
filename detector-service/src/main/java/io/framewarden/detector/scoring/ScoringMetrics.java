package io.framewarden.detector.scoring;

import io.framewarden.detector.engine.EngineSelection;
import io.framewarden.detector.release.LoadedModel;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Locale;

/**
 * The scorer's metrics. Frames are counted when their transaction is committed, never before, so
 * that the totals add up: received = scored + dead-lettered. Safe for several threads.
 */
public final class ScoringMetrics {
  private final Counter received;
  private final Counter scored;
  private final Counter mismatched;
  private final Counter transactions;
  private final Histogram batchSize;
  private final Histogram inference;
  private final Histogram stages;
  private final Gauge queue;
  private final Gauge lag;
  private final Counter padding;
  private final Gauge model;
  private final Gauge engine;

  /** A stage of a batch that is timed. */
  public enum Stage {
    DECODE,
    /** Within the engine's call: copying faces in and answers out, summed over its threads. */
    TRANSFER,
    ANSWER,
    COMMIT
  }

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
                "Frames scored although they are of an extraction recipe that the model's manifest"
                    + " does not name.")
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
    stages =
        Histogram.build(
                "framewarden_scorer_stage_seconds",
                "Time of a batch in a stage other than inference, and of a transaction's commit.")
            .labelNames("stage")
            .buckets(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1)
            .register(registry);
    queue =
        Gauge.build(
                "framewarden_scorer_queue_frames",
                "Face frames that were fetched and are not scored yet.")
            .register(registry);
    lag =
        Gauge.build(
                "framewarden_scorer_lag_frames",
                "Face frames of this scorer's partitions that were not fetched yet.")
            .register(registry);
    model =
        Gauge.build("framewarden_model_info", "1 for the model that scores.")
            .labelNames("name", "version", "digest", "engine")
            .register(registry);
    padding =
        Counter.build(
                "framewarden_padding_rows_total",
                "Padding rows computed to fill the engine's batch sizes.")
            .register(registry);
    engine =
        Gauge.build(
                "framewarden_engine_info", "1 for the engine that scores, and why it was selected.")
            .labelNames("engine", "reason")
            .register(registry);
  }

  /** Counts a committed transaction and its records. */
  public void countCommitted(long receivedFrames, long scoredFrames, long mismatchedFrames) {
    received.inc(receivedFrames);
    scored.inc(scoredFrames);
    mismatched.inc(mismatchedFrames);
    transactions.labels("committed").inc();
  }

  /** Counts an aborted transaction. */
  public void countAborted() {
    transactions.labels("aborted").inc();
  }

  /** Sets which model scores from now on. */
  public void setModel(LoadedModel loaded) {
    model.clear();
    model.labels(loaded.name(), loaded.version(), loaded.digest(), loaded.engine().name()).set(1);
  }

  /** Sets how many frames were fetched and are not scored yet. */
  public void setQueuedFrames(int frames) {
    queue.set(frames);
  }

  /** Sets how many frames wait at the broker. */
  public void setLag(long frames) {
    lag.set(frames);
  }

  /** Records the time of a stage. */
  public void observeStage(Stage stage, long nanos) {
    stages.labels(stage.name().toLowerCase(Locale.ROOT)).observe(nanos / 1e9);
  }

  /** Sets which engine scores, and why this one. */
  public void setEngine(EngineSelection selection) {
    engine.clear();
    engine.labels(selection.kind().label(), selection.reason()).set(1);
  }

  void observeInference(int faces, int paddingRows, double seconds) {
    batchSize.observe(faces);
    padding.inc(paddingRows);
    inference.observe(seconds);
  }
}
