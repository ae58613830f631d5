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
import java.util.Optional;

/**
 * What each message must hold before it is used. Only what a reader cannot work without is checked
 * here: a face frame with damaged pixels still has its ids, which are enough for a failed score.
 * Each check returns what is wrong, or empty. Stateless.
 */
final class Contracts {
  private Contracts() {}

  static Optional<String> upload(VideoUpload message) {
    return firstOf(
        named(message.getVideoId(), "video_id"),
        named(message.getSourceUri(), "source_uri"),
        check(message.getSizeBytes() >= 0, "size_bytes is negative"));
  }

  static Optional<String> faceFrame(FaceFrame message) {
    return frameIds(message.getVideoId(), message.getAttempt(), message.getSeq());
  }

  static Optional<String> marker(VideoMarker message) {
    return firstOf(
        frameIds(message.getVideoId(), message.getAttempt(), message.getFaceFrames()),
        check(
            message.getFailure() == FailureReason.FAILURE_REASON_UNSPECIFIED
                || message.getFaceFrames() == 0,
            "a failed extraction must not announce face frames"));
  }

  static Optional<String> score(FrameScore message) {
    double probability = message.getProbability();
    return firstOf(
        frameIds(message.getVideoId(), message.getAttempt(), message.getSeq()),
        check(
            message.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED
                || (probability >= 0 && probability <= 1 && Double.isFinite(message.getLogit())),
            "probability " + probability + " is not in [0, 1] or the logit is not finite"));
  }

  static Optional<String> verdict(Verdict message) {
    return firstOf(
        named(message.getVideoId(), "video_id"),
        check(
            message.getStatus() != VerdictStatus.VERDICT_STATUS_UNSPECIFIED, "status is missing"));
  }

  static Optional<String> decision(Decision message) {
    return firstOf(
        named(message.getVideoId(), "video_id"), named(message.getModerator(), "moderator"));
  }

  static Optional<String> release(ModelRelease message) {
    return firstOf(
        named(message.getModelName(), "model_name"),
        named(message.getModelDigest(), "model_digest"),
        check(
            message.getStage() == ReleaseStage.RETIRED || !message.getArtifactUri().isEmpty(),
            "artifact_uri is missing"),
        check(message.getStage() != ReleaseStage.RELEASE_STAGE_UNSPECIFIED, "stage is missing"),
        check(
            message.getShare() >= 0 && message.getShare() <= 1,
            "share " + message.getShare() + " is not in [0, 1]"));
  }

  static Optional<String> rescore(RescoreRequest message) {
    return firstOf(
        frameIds(message.getVideoId(), message.getAttempt(), message.getFramesCount()),
        named(message.getModelDigest(), "model_digest"),
        check(
            message.getFramesCount() > 0 && message.getFramesCount() <= Topics.MAX_RESCORED_FRAMES,
            message.getFramesCount() + " frames, not 1 to " + Topics.MAX_RESCORED_FRAMES),
        check(
            message.getFramesList().stream().allMatch(Contracts::isPosition),
            "a seq, partition or offset is negative"));
  }

  private static boolean isPosition(FramePosition position) {
    return position.getSeq() >= 0 && position.getPartition() >= 0 && position.getOffset() >= 0;
  }

  private static Optional<String> frameIds(String videoId, long attempt, int count) {
    return firstOf(
        named(videoId, "video_id"),
        check(attempt > 0, "attempt " + attempt + " is not positive"),
        check(count >= 0, "seq or count " + count + " is negative"));
  }

  private static Optional<String> named(String value, String field) {
    return check(!value.isEmpty(), field + " is missing");
  }

  private static Optional<String> check(boolean holds, String otherwise) {
    return holds ? Optional.empty() : Optional.of(otherwise);
  }

  @SafeVarargs
  private static Optional<String> firstOf(Optional<String>... problems) {
    for (Optional<String> problem : problems) {
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }
}
