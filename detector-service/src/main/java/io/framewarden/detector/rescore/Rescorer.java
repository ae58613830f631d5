package io.framewarden.detector.rescore;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoredFrame;
import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers parts of a request with the model that is current. Every frame gets an answer: one that
 * is gone a failed score under the wanted model, so that its video is not waited for. For one
 * thread; owns nothing.
 */
final class Rescorer {
  private static final Logger LOG = LoggerFactory.getLogger(Rescorer.class);

  /** How long closing waits for the wait for a model. */
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final ModelSlot models;
  private final ModelSlot.Borrower model;
  private final FrameScorer scorer;
  private final FaceFrameLookup faces;
  private final Duration patience;
  private final RescoreMetrics metrics;
  private final LongSupplier clock;

  /**
   * @param model borrows from {@code models}, for the scorer
   * @param scorer scores with it
   * @param patience how long to wait for a model that is not loaded yet
   * @param clock microseconds since the epoch
   */
  Rescorer(
      ModelSlot models,
      ModelSlot.Borrower model,
      FrameScorer scorer,
      FaceFrameLookup faces,
      Duration patience,
      RescoreMetrics metrics,
      LongSupplier clock) {
    this.models = models;
    this.model = model;
    this.scorer = scorer;
    this.faces = faces;
    this.patience = patience;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Waits until the wanted model, or one released later, is loaded; at most for the patience, after
   * which the request is answered with what is there, and the video's deadline has the last word.
   *
   * @param stopping ends the wait early
   */
  void awaitModel(RescoreRequest request, BooleanSupplier stopping) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!models.await(model -> willDo(model, request), GLANCE)) {
      if (stopping.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() >= deadline) {
        metrics.gaveUpWaiting();
        LOG.warn(
            "model {} did not come within {}: {} frames of {} are scored with another",
            request.getModelDigest(),
            patience,
            request.getFramesCount(),
            request.getVideoId());
        return;
      }
    }
  }

  private static boolean willDo(LoadedModel model, RescoreRequest wanted) {
    return model.releaseTimeUs() > wanted.getReleaseTimeUs()
        || (model.releaseTimeUs() == wanted.getReleaseTimeUs()
            && model.digest().compareTo(wanted.getModelDigest()) >= 0);
  }

  /** One answer for each of these frames of the request, in any order. */
  List<FrameScore> answer(RescoreRequest request, List<FramePosition> places) {
    List<FrameScore> answers = new ArrayList<>();
    List<FramePosition> found = new ArrayList<>();
    List<FaceFrame> frames = new ArrayList<>();
    for (FramePosition place : places) {
      Optional<FaceFrame> frame =
          faces
              .find(new RecordPosition(place.getPartition(), place.getOffset()))
              .filter(each -> isOf(each, request, place));
      if (frame.isPresent()) {
        found.add(place);
        frames.add(frame.get());
      } else {
        answers.add(gone(request, place));
      }
    }
    if (!frames.isEmpty()) {
      List<ScoredFrame> scored = scorer.score(frames);
      for (int i = 0; i < scored.size(); i++) {
        answers.add(placed(scored.get(i).score().toBuilder(), found.get(i)));
      }
    }
    return answers;
  }

  /** Nothing is to be done for now: holds no model until the next batch. */
  void rest() {
    model.handBack();
  }

  /** The topic may have been made anew since. */
  private static boolean isOf(FaceFrame frame, RescoreRequest request, FramePosition place) {
    return frame.getVideoId().equals(request.getVideoId())
        && frame.getAttempt() == request.getAttempt()
        && frame.getSeq() == place.getSeq();
  }

  private FrameScore gone(RescoreRequest request, FramePosition place) {
    return placed(
        FrameScore.newBuilder()
            .setVideoId(request.getVideoId())
            .setAttempt(request.getAttempt())
            .setSeq(place.getSeq())
            .setFailure(FailureReason.FACE_FRAME_GONE)
            .setModelDigest(request.getModelDigest())
            .setReleaseTimeUs(request.getReleaseTimeUs())
            .setScoredTimeUs(clock.getAsLong()),
        place);
  }

  private static FrameScore placed(FrameScore.Builder score, FramePosition place) {
    return score
        .setOriginPartition(place.getPartition())
        .setOriginOffset(place.getOffset())
        .build();
  }
}
