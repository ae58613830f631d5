package io.framewarden.detector.scoring;

import io.framewarden.detector.engine.Scores;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.v1.Evidence;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What one model says of frames, as messages. Needs what the model is, not its engine: a model that
 * was closed meanwhile will do. Any number of threads.
 */
final class FrameScoreFactory {
  private final LoadedModel model;
  private final ScoringPolicy policy;
  private final EvidenceSelector evidence;
  private final LongSupplier clock;

  /**
   * @param clock microseconds since the epoch
   */
  FrameScoreFactory(
      LoadedModel model, ScoringPolicy policy, EvidenceSelector evidence, LongSupplier clock) {
    this.model = model;
    this.policy = policy;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** Why a frame is not for this model's engine, as its failed score; empty for a sound one. */
  Optional<ScoredFrame> refusal(FaceFrame frame) {
    long pixels = frame.getPixels().size();
    if (frame.getWidth() != model.width()
        || frame.getHeight() != model.height()
        || pixels != (long) model.width() * model.height()) {
      return Optional.of(
          failed(
              frame,
              FailureReason.MALFORMED_PIXELS,
              String.format(
                  "%d bytes said to be %dx%d; the model takes gray8 faces of %dx%d",
                  pixels, frame.getWidth(), frame.getHeight(), model.width(), model.height())));
    }
    if (policy.mismatch() == ExtractionMismatch.REFUSE && isMismatch(frame)) {
      return Optional.of(
          failed(
              frame,
              FailureReason.EXTRACTION_MISMATCH,
              String.format(
                  "extracted by recipe '%s', the model was trained on '%s'; use a model for this"
                      + " recipe, or set %s=flag",
                  frame.getExtractionDigest(),
                  model.extractionDigest(),
                  ScoringPolicy.EXTRACTION_MISMATCH)));
    }
    return Optional.empty();
  }

  private boolean isMismatch(FaceFrame frame) {
    return !frame.getExtractionDigest().equals(model.extractionDigest());
  }

  /** The score of a sound frame, or a failed one where the model's answer is not finite. */
  ScoredFrame answer(FaceFrame frame, Scores scores, int index) {
    double logit = scores.logit(index);
    if (!isFinite(scores, index)) {
      return failed(
          frame,
          FailureReason.NON_FINITE_SCORE,
          "model " + model.digest() + " answers logit " + logit + " or a map that is not finite");
    }
    double probability = model.calibration().probability(logit);
    FrameScore.Builder score =
        about(frame)
            .setLogit(logit)
            .setProbability(probability)
            .setExtractionMismatch(isMismatch(frame));
    if (evidence.shows(frame, model.digest(), probability)) {
      score.setEvidence(evidence(frame, scores, index));
    }
    return new ScoredFrame(score.build(), Optional.empty());
  }

  private static boolean isFinite(Scores scores, int index) {
    boolean finite = Double.isFinite(scores.logit(index));
    for (int cell = 0; cell < scores.cells(); cell++) {
      finite &= Float.isFinite(scores.attention(index, cell));
    }
    return finite;
  }

  private Evidence evidence(FaceFrame frame, Scores scores, int index) {
    Evidence.Builder shown =
        Evidence.newBuilder()
            .setJpeg(
                EvidenceJpeg.jpeg(frame.getPixels().toByteArray(), model.width(), model.height()))
            .setAttentionWidth(scores.attentionWidth())
            .setAttentionHeight(scores.attentionHeight());
    for (int cell = 0; cell < scores.cells(); cell++) {
      shown.addAttention(scores.attention(index, cell));
    }
    return shown.build();
  }

  private ScoredFrame failed(FaceFrame frame, FailureReason reason, String problem) {
    return new ScoredFrame(about(frame).setFailure(reason).build(), Optional.of(problem));
  }

  /** Which frame it is, and what scored it and when. */
  private FrameScore.Builder about(FaceFrame frame) {
    FrameScore.Builder score =
        FrameScore.newBuilder()
            .setVideoId(frame.getVideoId())
            .setAttempt(frame.getAttempt())
            .setSeq(frame.getSeq())
            .setFrameIndex(frame.getFrameIndex())
            .setPtsUs(frame.getPtsUs())
            .setTrackId(frame.getTrackId())
            .setModelDigest(model.digest())
            .setModelName(model.name())
            .setModelVersion(model.version())
            .setEngine(model.engine().name())
            .setReleaseTimeUs(model.releaseTimeUs())
            .setExtractionDigest(frame.getExtractionDigest())
            .setScoredTimeUs(clock.getAsLong());
    if (frame.hasQuality()) {
      score.setQuality(frame.getQuality().getValue());
    }
    if (frame.hasBox()) {
      score.setBox(frame.getBox());
    }
    return score;
  }
}
