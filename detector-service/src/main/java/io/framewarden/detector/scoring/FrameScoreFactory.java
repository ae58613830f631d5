package io.framewarden.detector.scoring;

import io.framewarden.detector.engine.Scores;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.v1.Evidence;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes frame scores of what one model's engine answers. Needs the model's description, not its
 * engine: one that was closed in the meantime will do. Any number of threads.
 */
final class FrameScoreFactory {
  private final LoadedModel model;
  private final ScoringPolicy policy;
  private final EvidenceSelector evidenceSelector;
  private final LongSupplier clock;

  /**
   * @param clock microseconds since the epoch
   */
  FrameScoreFactory(
      LoadedModel model,
      ScoringPolicy policy,
      EvidenceSelector evidenceSelector,
      LongSupplier clock) {
    this.model = model;
    this.policy = policy;
    this.evidenceSelector = evidenceSelector;
    this.clock = clock;
  }

  /** Why a frame must not be given to this model's engine; empty for a sound one. */
  Optional<ScoringRequest.Failure> findUnsoundFrame(FaceFrame frame) {
    FaceShape wanted = model.shape();
    int pixels = frame.getPixels().size();
    if (frame.getWidth() != wanted.width()
        || frame.getHeight() != wanted.height()
        || frame.getFormat() != wanted.format()
        || pixels != wanted.bytes()) {
      return Optional.of(
          new ScoringRequest.Failure(
              FailureReason.MALFORMED_PIXELS,
              String.format(
                  "%d bytes said to be %s %dx%d; the model takes %s: extract faces for it by"
                      + " FRAMEWARDEN_FACE_FOR_MODEL",
                  pixels,
                  FaceShape.name(frame.getFormat()),
                  frame.getWidth(),
                  frame.getHeight(),
                  wanted)));
    }
    if (policy.mismatch() == ExtractionMismatch.REFUSE && isMismatch(frame)) {
      return Optional.of(
          new ScoringRequest.Failure(
              FailureReason.EXTRACTION_MISMATCH,
              String.format(
                  "extracted by recipe '%s', the model is for '%s'; use a model for this recipe, or"
                      + " set %s=flag",
                  frame.getExtractionDigest(),
                  String.join("', '", model.extractionDigests()),
                  ScoringPolicy.EXTRACTION_MISMATCH)));
    }
    return Optional.empty();
  }

  private boolean isMismatch(FaceFrame frame) {
    return !model.accepts(frame.getExtractionDigest());
  }

  /** Why an answer of the engine is no score; empty when the logit and the map are finite. */
  Optional<ScoringRequest.Failure> findUnsoundAnswer(Scores answers, int row) {
    boolean finite = Double.isFinite(answers.logit(row));
    for (int cell = 0; cell < answers.cells(); cell++) {
      finite &= Float.isFinite(answers.attention(row, cell));
    }
    if (finite) {
      return Optional.empty();
    }
    return Optional.of(
        new ScoringRequest.Failure(
            FailureReason.NON_FINITE_SCORE,
            "model "
                + model.digest()
                + " answers logit "
                + answers.logit(row)
                + " or a map that is not finite"));
  }

  /** The score of a frame by a sound answer. */
  FrameScore score(ScoringRequest request, Scores answers, int row) {
    FaceFrame frame = request.frame();
    double logit = answers.logit(row);
    double probability = model.calibration().probability(logit);
    FrameScore.Builder score =
        describe(request)
            .setLogit(logit)
            .setProbability(probability)
            .setExtractionMismatch(isMismatch(frame));
    if (evidenceSelector.select(frame, model.digest(), probability)) {
      score.setEvidence(createEvidence(frame, answers, row));
    }
    return score.build();
  }

  /** The failed score of a frame, so that its video's completeness does not wait for it. */
  FrameScore failedScore(ScoringRequest request, ScoringRequest.Failure failure) {
    return describe(request).setFailure(failure.reason()).build();
  }

  private Evidence createEvidence(FaceFrame frame, Scores answers, int row) {
    Evidence.Builder evidence =
        Evidence.newBuilder()
            .setJpeg(EvidenceJpeg.encode(frame.getPixels().toByteArray(), model.shape()))
            .setAttentionWidth(answers.attentionWidth())
            .setAttentionHeight(answers.attentionHeight());
    for (int cell = 0; cell < answers.cells(); cell++) {
      evidence.addAttention(answers.attention(row, cell));
    }
    return evidence.build();
  }

  /** Which frame it is and where it lies, and what scored it and when. */
  private FrameScore.Builder describe(ScoringRequest request) {
    FaceFrame frame = request.frame();
    FrameScore.Builder score =
        FrameScore.newBuilder()
            .setVideoId(frame.getVideoId())
            .setAttempt(frame.getAttempt())
            .setSeq(frame.getSeq())
            .setFrameIndex(frame.getFrameIndex())
            .setPtsUs(frame.getPtsUs())
            .setTrackId(frame.getTrackId())
            .setStream(frame.getStream())
            .setOriginPartition(request.originPartition())
            .setOriginOffset(request.originOffset())
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
