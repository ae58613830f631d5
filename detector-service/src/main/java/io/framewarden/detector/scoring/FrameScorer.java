package io.framewarden.detector.scoring;

import com.google.protobuf.ByteString;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.Scores;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelSource;
import io.framewarden.v1.FaceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Scores face frames with the model of the moment. A frame that cannot be scored gets a failed
 * score and leaves the rest of its batch alone. One thread at a time may infer, any may answer;
 * does not own the models.
 */
public final class FrameScorer {
  private static final double NANOS = 1e9;

  private final ModelSource models;
  private final ScoringPolicy policy;
  private final EvidenceSelector evidence;
  private final ScoringMetrics metrics;
  private final LongSupplier clock;

  /**
   * @param clock microseconds since the epoch
   */
  public FrameScorer(
      ModelSource models, ScoringPolicy policy, ScoringMetrics metrics, LongSupplier clock) {
    this.models = models;
    this.policy = policy;
    this.evidence = new EvidenceSelector(policy);
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Scores frames whose ids are sound, in one call of the engine.
   *
   * @return one answer for each frame, in their order
   * @throws io.framewarden.detector.engine.InferenceException when the engine cannot answer at all
   */
  public List<ScoredFrame> score(List<FaceFrame> frames) {
    return infer(frames).answers();
  }

  /**
   * The part of the work that needs the engine, and as little else as possible.
   *
   * @throws io.framewarden.detector.engine.InferenceException when the engine cannot answer at all
   */
  public InferredFrames infer(List<FaceFrame> frames) {
    LoadedModel model = models.current();
    FrameScoreFactory answers = new FrameScoreFactory(model, policy, evidence, clock);
    ScoredFrame[] refused = new ScoredFrame[frames.size()];
    List<ByteString> sound = new ArrayList<>();
    for (int i = 0; i < refused.length; i++) {
      refused[i] = answers.refusal(frames.get(i)).orElse(null);
      if (refused[i] == null) {
        sound.add(frames.get(i).getPixels());
      }
    }
    Optional<Scores> scores =
        sound.isEmpty() ? Optional.empty() : Optional.of(scores(model, sound));
    return new InferredFrames(answers, frames, refused, scores);
  }

  /** No batch is with the engine: holds no model until the next one. */
  public void rest() {
    models.handBack();
  }

  private Scores scores(LoadedModel model, List<ByteString> faces) {
    long start = System.nanoTime();
    Scores scores = model.score(new FaceBatch(model.width(), model.height(), faces));
    int padding = model.engine().padding(faces.size());
    metrics.inferred(faces.size(), padding, (System.nanoTime() - start) / NANOS);
    metrics.took(ScoringMetrics.Stage.TRANSFER, scores.transferNanos());
    return scores;
  }
}
