package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.release.ModelLease;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.scoring.BatchListener;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.lifecycle.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Batches in flight, in three stages: decoding the records, one call of the engine, making the
 * scores. The engine has a thread of its own and finds the next batch decoded when it is done with
 * one; fetching, decoding, making scores, sending and committing go on beside it. Batches come out
 * in the order in which they went in. Each batch leases the model for as long as the engine has it,
 * so that a released model takes over between two batches. For one thread; owns nothing.
 */
final class ScoringPipeline {
  /**
   * One with the engine, one decoded for it, one whose scores are being made or sent, and one so
   * that a slow commit is bridged.
   */
  static final int MAX_BATCHES = 4;

  /** With so many the engine has work until the next poll. */
  private static final int BUSY_BATCHES = 2;

  /** How soon finished batches are polled for while the engine may run out of work. */
  static final Duration POLL_INTERVAL = Duration.ofMillis(2);

  private static final Duration MAX_POLL_INTERVAL = Duration.ofMillis(50);

  private final ModelSlot models;
  private final FrameScorer scorer;
  private final BatchListener listener;
  private final ScoringMetrics metrics;
  private final Executor engine;
  private final Executor codec;
  private final LongSupplier nanoTime;
  private final Deque<Batch> inFlight = new ArrayDeque<>();
  private volatile long inferenceNanos;

  private record Batch(int records, CompletableFuture<List<RecordScoringRequest>> scored) {}

  /**
   * @param listener is told of each batch, on the engine's thread
   * @param engine runs the engine: one thread, so that batches keep their order
   * @param codec decodes records and makes scores; one thread for the same reason
   * @param nanoTime as {@link System#nanoTime}
   */
  ScoringPipeline(
      ModelSlot models,
      FrameScorer scorer,
      BatchListener listener,
      ScoringMetrics metrics,
      Executor engine,
      Executor codec,
      LongSupplier nanoTime) {
    this.models = models;
    this.scorer = scorer;
    this.listener = listener;
    this.metrics = metrics;
    this.engine = engine;
    this.codec = codec;
    this.nanoTime = nanoTime;
  }

  /** Whether another batch may go in. */
  boolean hasRoom() {
    return inFlight.size() < MAX_BATCHES;
  }

  /** Whether the engine has enough to do for now, so that a batch may as well wait to fill. */
  boolean isBusy() {
    return inFlight.size() >= BUSY_BATCHES;
  }

  /**
   * How long to wait before polling for finished batches. While a batch waits behind the one in
   * work, half the time of a batch: every poll takes time from an engine that computes on the same
   * cores.
   */
  Duration pollInterval() {
    long nanos = isBusy() ? inferenceNanos / 2 : 0;
    return Duration.ofNanos(
        Math.min(Math.max(nanos, POLL_INTERVAL.toNanos()), MAX_POLL_INTERVAL.toNanos()));
  }

  boolean isEmpty() {
    return inFlight.isEmpty();
  }

  /** Records in flight. */
  int records() {
    return inFlight.stream().mapToInt(Batch::records).sum();
  }

  void submit(List<ConsumerRecord<byte[], byte[]>> records) {
    CompletableFuture<List<RecordScoringRequest>> scored =
        CompletableFuture.supplyAsync(() -> decode(records), codec)
            .thenApplyAsync(this::infer, engine)
            .thenApplyAsync(this::complete, codec);
    inFlight.add(new Batch(records.size(), scored));
    if (listener != BatchListener.NONE) {
      var unused = scored.thenAcceptAsync(listener::onBatchScored, engine);
    }
  }

  private List<RecordScoringRequest> decode(List<ConsumerRecord<byte[], byte[]>> records) {
    long start = System.nanoTime();
    List<RecordScoringRequest> batch = new ArrayList<>(records.size());
    records.forEach(record -> batch.add(RecordScoringRequest.decode(record)));
    metrics.observeStage(ScoringMetrics.Stage.DECODE, System.nanoTime() - start);
    return batch;
  }

  private List<RecordScoringRequest> infer(List<RecordScoringRequest> batch) {
    long start = nanoTime.getAsLong();
    try (ModelLease lease = models.acquire()) {
      scorer.infer(lease.model(), batch);
    }
    inferenceNanos = nanoTime.getAsLong() - start;
    return batch;
  }

  private List<RecordScoringRequest> complete(List<RecordScoringRequest> batch) {
    long start = System.nanoTime();
    scorer.complete(batch);
    metrics.observeStage(ScoringMetrics.Stage.ANSWER, System.nanoTime() - start);
    return batch;
  }

  /**
   * The requests of the batches that are finished, as far as none before them is missing.
   *
   * @throws RuntimeException what a stage threw
   */
  List<RecordScoringRequest> takeFinished() {
    List<RecordScoringRequest> finished = new ArrayList<>();
    while (!inFlight.isEmpty() && inFlight.peek().scored().isDone()) {
      finished.addAll(takeNext());
    }
    return finished;
  }

  /** Waits for everything that went in; otherwise as {@link #takeFinished}. */
  List<RecordScoringRequest> awaitAll() {
    List<RecordScoringRequest> finished = new ArrayList<>();
    while (!inFlight.isEmpty()) {
      finished.addAll(takeNext());
    }
    return finished;
  }

  /** Discards what is in flight: its scores will never be taken. */
  void discardAll() {
    inFlight.clear();
  }

  private List<RecordScoringRequest> takeNext() {
    try {
      return inFlight.remove().scored().join();
    } catch (CompletionException e) {
      throw Threads.unchecked(e);
    }
  }
}
