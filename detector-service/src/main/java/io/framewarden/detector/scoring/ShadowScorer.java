package io.framewarden.detector.scoring;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the model in the shadow score what the active one has scored: a share of the videos, always
 * whole ones. What it says goes to the sink and into the comparison, and decides nothing. For the
 * engine's thread.
 */
public final class ShadowScorer implements BatchListener {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowScorer.class);
  private static final double INTS = 1L << 32;

  private final ModelSlot.Borrower shadow;
  private final ModelSlot.Borrower active;
  private final DoubleSupplier share;
  private final FrameScorer scorer;
  private final ShadowMetrics metrics;
  private final Consumer<FrameScore> sink;

  /**
   * @param shadow the slot of the model in the shadow, mostly empty
   * @param active the active model's, for its operating point
   * @param share of videos, 0 to 1
   * @param scorer scores with {@code shadow}, best without evidence
   * @param sink takes the shadow's scores
   */
  public ShadowScorer(
      ModelSlot.Borrower shadow,
      ModelSlot.Borrower active,
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
  public void follow(List<FaceFrame> frames, List<FrameScore> scores) {
    try {
      Optional<LoadedModel> model = shadow.borrow();
      if (model.isPresent()) {
        compare(model.get(), frames, scores);
      }
    } catch (RuntimeException e) {
      metrics.failed();
      LOG.warn("the model in the shadow failed on a batch; its answers are not touched", e);
    }
  }

  @Override
  public void rest() {
    shadow.handBack();
    active.handBack();
  }

  private void compare(LoadedModel model, List<FaceFrame> frames, List<FrameScore> scores) {
    List<FaceFrame> chosen = new ArrayList<>();
    List<FrameScore> answers = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (!isFailed(scores.get(i)) && isChosen(frames.get(i).getVideoId(), share.getAsDouble())) {
        chosen.add(frames.get(i));
        answers.add(scores.get(i));
      }
    }
    if (chosen.isEmpty()) {
      return;
    }
    double activeFakeAt = active.current().fakeAt();
    List<ScoredFrame> shadows = scorer.score(chosen);
    for (int i = 0; i < shadows.size(); i++) {
      FrameScore score = shadows.get(i).score();
      sink.accept(
          score.toBuilder()
              .setOriginPartition(answers.get(i).getOriginPartition())
              .setOriginOffset(answers.get(i).getOriginOffset())
              .build());
      if (isFailed(score)) {
        metrics.failedFrame();
      } else {
        double difference = Math.abs(score.getProbability() - answers.get(i).getProbability());
        boolean agrees =
            score.getProbability() >= model.fakeAt()
                == answers.get(i).getProbability() >= activeFakeAt;
        metrics.compared(difference, agrees);
      }
    }
  }

  /** By a hash of the video's id, so that all its frames, on whatever scorer, are compared. */
  static boolean isChosen(String videoId, double share) {
    byte[] hash = HexFormat.of().parseHex(Sha256.of(videoId.getBytes(StandardCharsets.UTF_8)));
    return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) / INTS < share;
  }

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
