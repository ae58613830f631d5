package io.framewarden.detector.engine.djl;

import ai.djl.Model;
import io.framewarden.detector.engine.BucketProgram;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.Scores;
import io.framewarden.runtime.lifecycle.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One loaded DJL model whose batches are shared out among threads, each with a predictor of its
 * own. Threads that share the work inside every operator wait for each other at each of a graph's
 * hundreds of operators, and all of them wait when one is held up; threads with faces of their own
 * meet once a batch. The model's engine must compute in the calling thread, and allow several at a
 * time.
 *
 * <p>For one caller at a time. Owns the model, the predictors and all threads but the caller's.
 */
public final class SharedGraph implements BucketProgram {
  /**
   * What lies between two operators then stays near the core, and the last part of a batch is not
   * waited for long.
   */
  private static final int MAX_PART_FACES = 4;

  private final Model model;
  private final List<FacePredictor> predictors = new ArrayList<>();
  private final ExecutorService helpers;
  private boolean closed;

  /** The parts of one batch and their answers; the next free thread takes the next part. */
  private record Work(List<FaceBatch> parts, Scores[] answers, AtomicInteger next) {
    void join(FacePredictor predictor) {
      for (int i = next.getAndIncrement(); i < answers.length; i = next.getAndIncrement()) {
        answers[i] = predictor.score(parts.get(i));
      }
    }
  }

  /**
   * @param model loaded; this owns it from now on, also when this constructor throws
   * @param inputName of the graph's one input
   * @param name for messages
   * @param threads at least one; the caller's is one of them
   */
  public SharedGraph(Model model, String inputName, String name, int threads) {
    this.model = model;
    try {
      for (int i = 0; i < threads; i++) {
        predictors.add(new FacePredictor(model, inputName, name));
      }
      this.helpers = Threads.daemonPool("engine-part", Math.max(1, threads - 1));
    } catch (RuntimeException | Error e) {
      predictors.forEach(FacePredictor::close);
      model.close();
      throw e;
    }
  }

  @Override
  public Scores score(FaceBatch batch) {
    List<FaceBatch> parts = parts(batch);
    Work work = new Work(parts, new Scores[parts.size()], new AtomicInteger());
    CompletableFuture<?>[] running =
        predictors.stream()
            .skip(1)
            .limit(parts.size() - 1L)
            .map(predictor -> CompletableFuture.runAsync(() -> work.join(predictor), helpers))
            .toArray(CompletableFuture<?>[]::new);
    try {
      work.join(predictors.get(0));
    } finally {
      // Also after a failure: nobody may still read the faces when this returns.
      await(running);
    }
    return Scores.concat(Arrays.asList(work.answers()));
  }

  private static void await(CompletableFuture<?>[] running) {
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      throw Threads.unchecked(e);
    }
  }

  /** At least two for each thread, as far as there are faces, so that a slow one can have fewer. */
  private List<FaceBatch> parts(FaceBatch batch) {
    int wanted = (batch.size() + 2 * predictors.size() - 1) / (2 * predictors.size());
    int size = Math.min(wanted, MAX_PART_FACES);
    List<FaceBatch> parts = new ArrayList<>();
    for (int from = 0; from < batch.size(); from += size) {
      int to = Math.min(batch.size(), from + size);
      parts.add(new FaceBatch(batch.shape(), batch.faces().subList(from, to)));
    }
    return parts;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      helpers.shutdownNow();
      predictors.forEach(FacePredictor::close);
      model.close();
    }
  }
}
