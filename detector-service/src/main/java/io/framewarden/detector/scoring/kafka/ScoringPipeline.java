package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.BatchListener;
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
 * Batches on their way through the stages of {@link RecordScorer}. The engine has a thread of its
 * own and finds the next batch decoded when it is done with one; fetching, answering, sending and
 * committing go on beside it. Answers come out in the order in which batches went in. For one
 * thread; owns nothing.
 */
final class ScoringPipeline {
  /**
   * One with the engine, one decoded for it, one whose answers are being made or sent, and one so
   * that a slow commit is bridged.
   */
  static final int MOST_BATCHES = 4;

  /** With so many the engine has work until somebody looks again. */
  private static final int ENOUGH_BATCHES = 2;

  /** How soon answers are looked for: an engine with a batch in hand does not wait for it. */
  static final Duration GLANCE = Duration.ofMillis(2);

  private static final Duration LONGEST_GLANCE = Duration.ofMillis(50);

  private final RecordScorer scorer;
  private final BatchListener follower;
  private final Executor engine;
  private final Executor beside;
  private final Deque<Flight> flights = new ArrayDeque<>();
  private final LongSupplier nanoTime;
  private volatile long inferenceNanos;
  private boolean holdsModels;

  private record Flight(int records, CompletableFuture<List<ScoringResult>> answers) {}

  /**
   * @param follower comes after each batch, with the engine's thread
   * @param engine runs the engine: one thread, so that batches keep their order
   * @param beside decodes and answers; one thread for the same reason
   * @param nanoTime as {@link System#nanoTime}
   */
  ScoringPipeline(
      RecordScorer scorer,
      BatchListener follower,
      Executor engine,
      Executor beside,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.scorer = scorer;
    this.follower = follower;
    this.engine = engine;
    this.beside = beside;
  }

  /** Whether another batch may go in. */
  boolean hasRoom() {
    return flights.size() < MOST_BATCHES;
  }

  /** Whether the engine has enough to do for now, so that a batch may as well wait to fill. */
  boolean isBusy() {
    return flights.size() >= ENOUGH_BATCHES;
  }

  /**
   * How long nobody needs to look. While a batch waits behind the one in work, half the time of a
   * batch: every look takes time from an engine that computes on the same cores.
   */
  Duration untilNextLook() {
    long nanos = isBusy() ? inferenceNanos / 2 : 0;
    return Duration.ofNanos(Math.min(Math.max(nanos, GLANCE.toNanos()), LONGEST_GLANCE.toNanos()));
  }

  boolean isEmpty() {
    return flights.isEmpty();
  }

  /** Records on their way. */
  int records() {
    return flights.stream().mapToInt(Flight::records).sum();
  }

  void submit(List<ConsumerRecord<byte[], byte[]>> batch) {
    CompletableFuture<RecordScorer.Inferred> inferred =
        CompletableFuture.supplyAsync(() -> scorer.decode(batch), beside)
            .thenApplyAsync(this::infer, engine);
    CompletableFuture<List<ScoringResult>> answers =
        inferred.thenApplyAsync(scorer::answers, beside);
    flights.add(new Flight(batch.size(), answers));
    holdsModels = true;
    if (follower != BatchListener.NONE) {
      var unused = answers.thenAcceptBothAsync(inferred, this::follow, engine);
    }
  }

  private RecordScorer.Inferred infer(RecordBatch batch) {
    long begin = nanoTime.getAsLong();
    RecordScorer.Inferred inferred = scorer.infer(batch);
    inferenceNanos = nanoTime.getAsLong() - begin;
    return inferred;
  }

  /** Nothing is under way: the engine's thread need not hold on to a model. */
  void rest() {
    if (holdsModels) {
      holdsModels = false;
      engine.execute(
          () -> {
            scorer.rest();
            follower.rest();
          });
    }
  }

  private void follow(List<ScoringResult> answers, RecordScorer.Inferred inferred) {
    follower.follow(
        inferred.batch().frames(),
        answers.stream().flatMap(answer -> answer.score().stream()).toList());
  }

  /**
   * The answers of the batches that are done, as far as none before them is missing.
   *
   * @throws RuntimeException what a stage threw
   */
  List<ScoringResult> takeDone() {
    List<ScoringResult> done = new ArrayList<>();
    while (!flights.isEmpty() && flights.peek().answers().isDone()) {
      done.addAll(next());
    }
    return done;
  }

  /** Waits for everything that went in; the rest is as for {@link #takeDone}. */
  List<ScoringResult> awaitAll() {
    List<ScoringResult> done = new ArrayList<>();
    while (!flights.isEmpty()) {
      done.addAll(next());
    }
    return done;
  }

  /** Forgets what is on its way: its answers will never be taken. */
  void forget() {
    flights.clear();
  }

  private List<ScoringResult> next() {
    try {
      return flights.remove().answers().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
