package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.Locale;
import java.util.Optional;

/**
 * A video's label, why, and whether a machine may act on it.
 *
 * @param label what the video is found to be
 * @param reason for people; empty when the label says it all
 * @param automatic whether the policy lets a machine act on the label
 */
record VerdictDecision(VerdictLabel label, String reason, boolean automatic) {

  /**
   * Decides on a video that has a probability.
   *
   * @param probability P(fake) of the video, in [0, 1]
   * @param isFinal whether missing frames make it INCOMPLETE
   */
  static VerdictDecision of(
      VideoState state, VerdictPolicy policy, double probability, boolean isFinal) {
    return unusable(state, policy, isFinal)
        .orElseGet(() -> judged(state, policy, probability, isFinal));
  }

  /**
   * Decides on a video in which no frame decides.
   *
   * @param isFinal whether missing frames make it INCOMPLETE
   */
  static VerdictDecision withoutProbability(
      VideoState state, VerdictPolicy policy, boolean isFinal) {
    return unusable(state, policy, isFinal)
        .orElseGet(
            () ->
                new VerdictDecision(
                    VerdictLabel.UNCERTAIN, whyNoProbability(state, policy), false));
  }

  /** UNDECODABLE, NO_FACE or INCOMPLETE; empty where the video can be judged. */
  private static Optional<VerdictDecision> unusable(
      VideoState state, VerdictPolicy policy, boolean isFinal) {
    if (!isFinal || state.marker().isEmpty()) {
      return Optional.empty();
    }
    VideoMarker marker = state.marker().get();
    if (marker.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      return Optional.of(
          new VerdictDecision(VerdictLabel.UNDECODABLE, marker.getFailureMessage(), false));
    }
    if (marker.getFaceFrames() == 0) {
      return Optional.of(new VerdictDecision(VerdictLabel.NO_FACE, noFace(marker), false));
    }
    return incomplete(state, policy);
  }

  private static Optional<VerdictDecision> incomplete(VideoState state, VerdictPolicy policy) {
    int expected = state.expectedFrames();
    int missing = state.judgingModel().completeness().missing(expected);
    int others = state.scoredByOthers();
    if (others > 0) {
      return incomplete(
          "%d of %d face frames had no score by the judging model at the deadline, %d of them only"
              + " by another: they were not scored again in time.",
          missing, expected, others);
    }
    if (missing > 0) {
      return incomplete("%d of %d face frames had no score at the deadline.", missing, expected);
    }
    int failed = state.judgingModel().completeness().failed();
    if (failed == expected) {
      return incomplete("None of %d face frames could be scored.", expected);
    }
    if (failed > policy.maxFailedShare() * expected) {
      return incomplete(
          "%d of %d face frames could not be scored; the policy allows a share of %s.",
          failed, expected, policy.maxFailedShare());
    }
    return Optional.empty();
  }

  private static VerdictDecision judged(
      VideoState state, VerdictPolicy policy, double probability, boolean isFinal) {
    VerdictLabel label = policy.labelOf(probability);
    StringBuilder reason = new StringBuilder();
    if (label == VerdictLabel.UNCERTAIN) {
      reason.append(
          text(
              "P(fake) %.3f lies between %s and %s: the model abstains.",
              probability, policy.operatingPoint().realBelow(), policy.operatingPoint().fakeAt()));
    }
    String limits = limits(state);
    if (!limits.isEmpty()) {
      reason.append(reason.length() == 0 ? "" : " ").append(limits);
    }
    boolean automatic =
        isFinal
            && limits.isEmpty()
            && label != VerdictLabel.UNCERTAIN
            && policy.isOutsideMargin(probability);
    return new VerdictDecision(label, reason.toString(), automatic);
  }

  private static String whyNoProbability(VideoState state, VerdictPolicy policy) {
    int scored = state.judgingModel().completeness().scored();
    return scored == 0
        ? "No frame has been scored yet."
        : text(
            "None of %d scored face frames has the quality of %s that the policy requires:"
                + " blurred, small or turned faces decide nothing.",
            scored, policy.minQuality());
  }

  /** What a person should know before relying on the probability. */
  private static String limits(VideoState state) {
    StringBuilder limits = new StringBuilder();
    int failed = state.judgingModel().completeness().failed();
    if (failed > 0) {
      limits.append(text("%d frames could not be scored. ", failed));
    }
    if (state.marker().map(VerdictDecision::isTruncated).orElse(false)) {
      limits.append("The stream broke off; the frames before that were judged. ");
    }
    if (state.judgingModel().origins().extractionMismatch()) {
      limits.append("Faces were extracted by another recipe than the model was trained on. ");
    }
    return limits.toString().strip();
  }

  private static boolean isTruncated(VideoMarker marker) {
    return marker.getStreamsList().stream().anyMatch(VideoStream::getTruncated);
  }

  private static String noFace(VideoMarker marker) {
    String seen = text("No face was found in %d sampled frames.", marker.getSampledFrames());
    return isTruncated(marker) ? seen + " The stream broke off after them." : seen;
  }

  private static Optional<VerdictDecision> incomplete(String format, Object... values) {
    return Optional.of(new VerdictDecision(VerdictLabel.INCOMPLETE, text(format, values), false));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
