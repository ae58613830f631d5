package io.framewarden.detector.scoring;

import com.google.protobuf.ByteString;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.Scores;
import io.framewarden.detector.release.LoadedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Scores face frames, in two steps that may run in threads of their own: {@link #infer}, one call
 * of the engine for a batch, and {@link #complete}, making the scores while the engine has the next
 * batch. A frame that cannot be scored gets a failed score and leaves the rest of its batch alone.
 * Any number of threads; the caller holds the model's lease, and only until the engine has
 * answered.
 */
public final class FrameScorer {
  private static final double NANOS = 1e9;

  private final ScoringPolicy policy;
  private final EvidenceSelector evidenceSelector;
  private final ScoringMetrics metrics;
  private final LongSupplier clock;

  /**
   * @param clock microseconds since the epoch
   */
  public FrameScorer(ScoringPolicy policy, ScoringMetrics metrics, LongSupplier clock) {
    this.policy = policy;
    this.evidenceSelector = new EvidenceSelector(policy);
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Scores a batch, both steps in one.
   *
   * @throws io.framewarden.detector.engine.InferenceException when the engine cannot answer at all
   */
  public void score(LoadedModel model, List<? extends ScoringRequest> requests) {
    infer(model, requests);
    complete(requests);
  }

  /**
   * The part of the work that needs the engine, and as little else as possible. Unreadable frames
   * are left alone.
   *
   * @throws io.framewarden.detector.engine.InferenceException when the engine cannot answer at all
   */
  public void infer(LoadedModel model, List<? extends ScoringRequest> requests) {
    FrameScoreFactory factory = new FrameScoreFactory(model, policy, evidenceSelector, clock);
    List<ScoringRequest> sound = new ArrayList<>(requests.size());
    for (ScoringRequest request : requests) {
      if (request.isReadable()) {
        Optional<ScoringRequest.Failure> failure = factory.findUnsoundFrame(request.frame());
        if (failure.isPresent()) {
          request.refuse(factory, failure.get());
        } else {
          sound.add(request);
        }
      }
    }
    if (!sound.isEmpty()) {
      Scores answers = callEngine(model, sound);
      for (int row = 0; row < sound.size(); row++) {
        sound.get(row).answer(factory, answers, row);
      }
    }
  }

  /** Makes the scores of a batch that the engine has answered. */
  public void complete(List<? extends ScoringRequest> requests) {
    for (ScoringRequest request : requests) {
      if (request.isReadable()) {
        request.complete();
      }
    }
  }

  private Scores callEngine(LoadedModel model, List<ScoringRequest> sound) {
    long start = System.nanoTime();
    List<ByteString> faces = sound.stream().map(request -> request.frame().getPixels()).toList();
    Scores answers = model.score(new FaceBatch(model.shape(), faces));
    int padding = model.engine().padding(faces.size());
    metrics.observeInference(faces.size(), padding, (System.nanoTime() - start) / NANOS);
    metrics.observeStage(ScoringMetrics.Stage.TRANSFER, answers.transferNanos());
    return answers;
  }
}
