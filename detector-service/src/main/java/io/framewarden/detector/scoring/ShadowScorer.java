package io.framewarden.detector.scoring;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLease;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the shadow model score what the active one has scored: a share of the videos, always whole
 * ones. Its scores go to the sink and into the comparison, and decide nothing. For the engine's
 * thread; owns nothing.
 */
public final class ShadowScorer implements BatchListener {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowScorer.class);
  private static final double INTS = 1L << 32;

  private final ModelSlot shadow;
  private final ModelSlot active;
  private final DoubleSupplier share;
  private final FrameScorer scorer;
  private final ShadowMetrics metrics;
  private final Consumer<FrameScore> sink;

  /**
   * @param shadow the slot of the shadow model, mostly empty
   * @param active the active model's, for its operating point
   * @param share of videos, 0 to 1
   * @param scorer best one without evidence
   * @param sink takes the shadow model's scores
   */
  public ShadowScorer(
      ModelSlot shadow,
      ModelSlot active,
      DoubleSupplier share,
      FrameScorer scorer,
      ShadowMetrics metrics,
      Consumer<FrameScore> sink) {
    this.shadow = shadow;
    this.active = active;
    this.share = share;
    this.scorer = scorer;
    this.metrics = metrics;
    this.sink = sink;
  }

  @Override
  public void onBatchScored(List<? extends ScoringRequest> requests) {
    Optional<ModelLease> leased = shadow.tryAcquire();
    if (leased.isEmpty()) {
      return;
    }
    try (ModelLease lease = leased.get()) {
      compare(lease.model(), requests.stream().filter(this::isSelected).toList());
    } catch (RuntimeException e) {
      metrics.countFailedBatch();
      LOG.warn("the shadow model failed on a batch; the active model's scores are unaffected", e);
    }
  }

  private boolean isSelected(ScoringRequest request) {
    return request.score().filter(score -> !isFailed(score)).isPresent()
        && isSelected(request.frame().getVideoId(), share.getAsDouble());
  }

  private void compare(LoadedModel model, List<? extends ScoringRequest> scored) {
    if (scored.isEmpty()) {
      return;
    }
    double activeFakeAt = active.peek().orElseThrow().fakeAt();
    List<ScoringRequest> shadows = scored.stream().map(ScoringRequest::forAnotherModel).toList();
    scorer.score(model, shadows);
    for (int i = 0; i < shadows.size(); i++) {
      FrameScore shadowScore = shadows.get(i).score().orElseThrow();
      sink.accept(shadowScore);
      if (isFailed(shadowScore)) {
        metrics.countFailedFrame();
      } else {
        double probability = shadowScore.getProbability();
        double activeProbability = scored.get(i).score().orElseThrow().getProbability();
        metrics.observeDifference(
            Math.abs(probability - activeProbability),
            probability >= model.fakeAt() == activeProbability >= activeFakeAt);
      }
    }
  }

  /** By a hash of the video's id, so that all its frames, on whatever scorer, are compared. */
  static boolean isSelected(String videoId, double share) {
    byte[] hash = HexFormat.of().parseHex(Sha256.of(videoId.getBytes(StandardCharsets.UTF_8)));
    return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) / INTS < share;
  }

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
