package io.framewarden.schemas.topic;

import io.framewarden.v1.Decision;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.util.Locale;

/**
 * What each message must hold before it is used. Only what a reader cannot work without is checked
 * here: a face frame with damaged pixels still has its ids, which are enough for a failed score.
 * Each check throws {@link IllegalArgumentException} that says what is wrong. Stateless.
 */
final class Contracts {
  private Contracts() {}

  static void upload(VideoUpload message) {
    requireText(message.getVideoId(), "video_id");
    requireText(message.getSourceUri(), "source_uri");
    require(message.getSizeBytes() >= 0, "size_bytes is negative");
  }

  static void faceFrame(FaceFrame message) {
    frameIds(message.getVideoId(), message.getAttempt(), message.getSeq());
  }

  static void marker(VideoMarker message) {
    frameIds(message.getVideoId(), message.getAttempt(), message.getFaceFrames());
    require(
        message.getFailure() == FailureReason.FAILURE_REASON_UNSPECIFIED
            || message.getFaceFrames() == 0,
        "a failed extraction must not announce face frames");
    require(
        message.getRetryAtUs() == 0 || RetryableFailures.contains(message.getFailure()),
        "an extraction that is tried again, but did not fail for a reason that allows it");
  }

  static void score(FrameScore message) {
    frameIds(message.getVideoId(), message.getAttempt(), message.getSeq());
    double probability = message.getProbability();
    require(
        message.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED
            || (probability >= 0 && probability <= 1 && Double.isFinite(message.getLogit())),
        "probability %s is not in [0, 1] or the logit is not finite",
        probability);
  }

  static void verdict(Verdict message) {
    requireText(message.getVideoId(), "video_id");
    require(message.getStatus() != VerdictStatus.VERDICT_STATUS_UNSPECIFIED, "status is missing");
  }

  static void decision(Decision message) {
    requireText(message.getVideoId(), "video_id");
    requireText(message.getModerator(), "moderator");
  }

  static void release(ModelRelease message) {
    requireText(message.getModelName(), "model_name");
    requireText(message.getModelDigest(), "model_digest");
    require(
        message.getStage() == ReleaseStage.RETIRED || !message.getArtifactUri().isEmpty(),
        "artifact_uri is missing");
    require(message.getStage() != ReleaseStage.RELEASE_STAGE_UNSPECIFIED, "stage is missing");
    require(
        message.getShare() >= 0 && message.getShare() <= 1,
        "share %s is not in [0, 1]",
        message.getShare());
  }

  static void rescore(RescoreRequest message) {
    frameIds(message.getVideoId(), message.getAttempt(), message.getFramesCount());
    requireText(message.getModelDigest(), "model_digest");
    require(
        message.getFramesCount() > 0 && message.getFramesCount() <= Topics.MAX_RESCORED_FRAMES,
        "%s frames, not 1 to " + Topics.MAX_RESCORED_FRAMES,
        message.getFramesCount());
    require(
        message.getFramesList().stream().allMatch(Contracts::isPosition),
        "a seq, partition or offset is negative");
  }

  private static boolean isPosition(FramePosition position) {
    return position.getSeq() >= 0 && position.getPartition() >= 0 && position.getOffset() >= 0;
  }

  private static void frameIds(String videoId, long attempt, int count) {
    requireText(videoId, "video_id");
    require(attempt > 0, "attempt %s is not positive", attempt);
    require(count >= 0, "seq or count %s is negative", count);
  }

  private static void requireText(String value, String field) {
    require(!value.isEmpty(), "%s is missing", field);
  }

  /** Formats only when it fails, since every record of every topic passes here. */
  private static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, otherwise, values));
    }
  }
}
