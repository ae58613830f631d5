package io.framewarden.detector.rescore;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLease;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoringRequest;
import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** How long closing waits for {@link #awaitModel}. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final ModelSlot models;
  private final FrameScorer scorer;
  private final FaceFrameLookup faces;
  private final Duration modelTimeout;
  private final RescoreMetrics metrics;
  private final LongSupplier clock;

  /**
   * @param modelTimeout how long to wait for a model that is not loaded yet
   * @param clock microseconds since the epoch
   */
  Rescorer(
      ModelSlot models,
      FrameScorer scorer,
      FaceFrameLookup faces,
      Duration modelTimeout,
      RescoreMetrics metrics,
      LongSupplier clock) {
    this.models = models;
    this.scorer = scorer;
    this.faces = faces;
    this.modelTimeout = modelTimeout;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Waits until the wanted model, or one released later, is loaded; after the timeout the request
   * is answered with what is there, and the video's deadline decides.
   *
   * @param stopping ends the wait early
   */
  void awaitModel(RescoreRequest request, BooleanSupplier stopping) throws InterruptedException {
    long deadline = System.nanoTime() + modelTimeout.toNanos();
    while (!models.await(model -> isNewEnough(model, request), POLL_INTERVAL)) {
      if (stopping.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() >= deadline) {
        metrics.countModelTimeout();
        LOG.warn(
            "model {} was not loaded within {}: {} frames of {} are scored with another",
            request.getModelDigest(),
            modelTimeout,
            request.getFramesCount(),
            request.getVideoId());
        return;
      }
    }
  }

  private static boolean isNewEnough(LoadedModel model, RescoreRequest wanted) {
    return model.releaseTimeUs() > wanted.getReleaseTimeUs()
        || (model.releaseTimeUs() == wanted.getReleaseTimeUs()
            && model.digest().compareTo(wanted.getModelDigest()) >= 0);
  }

  /** Scores some frames of a request, each once, in any order. */
  List<FrameScore> score(RescoreRequest request, List<FramePosition> positions) {
    List<FrameScore> scores = new ArrayList<>();
    List<ScoringRequest> found = new ArrayList<>();
    for (FramePosition position : positions) {
      faces
          .find(new RecordPosition(position.getPartition(), position.getOffset()))
          .filter(frame -> isOf(frame, request, position))
          .ifPresentOrElse(
              frame ->
                  found.add(
                      new ScoringRequest(frame, position.getPartition(), position.getOffset())),
              () -> scores.add(goneScore(request, position)));
    }
    if (!found.isEmpty()) {
      try (ModelLease lease = models.acquire()) {
        scorer.score(lease.model(), found);
      }
      found.forEach(each -> scores.add(each.score().orElseThrow()));
    }
    return scores;
  }

  /** Whether it is the frame that is asked for: the topic may have been recreated since. */
  private static boolean isOf(FaceFrame frame, RescoreRequest request, FramePosition position) {
    return frame.getVideoId().equals(request.getVideoId())
        && frame.getAttempt() == request.getAttempt()
        && frame.getSeq() == position.getSeq();
  }

  private FrameScore goneScore(RescoreRequest request, FramePosition position) {
    return FrameScore.newBuilder()
        .setVideoId(request.getVideoId())
        .setAttempt(request.getAttempt())
        .setSeq(position.getSeq())
        .setOriginPartition(position.getPartition())
        .setOriginOffset(position.getOffset())
        .setFailure(FailureReason.FACE_FRAME_GONE)
        .setModelDigest(request.getModelDigest())
        .setReleaseTimeUs(request.getReleaseTimeUs())
        .setScoredTimeUs(clock.getAsLong())
        .build();
  }
}
