package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoMarker;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A video's label, why, and whether a machine may act on it.
 *
 * @param reason for people; empty when the label says it all
 * @param automatic whether policy lets a machine act on the label
 */
record VerdictDecision(VerdictLabel label, String reason, boolean automatic) {

  /**
   * Finds the label of what is known so far.
   *
   * @param isFinal whether missing frames make it INCOMPLETE
   */
  static VerdictDecision of(
      VideoState state, VerdictPolicy policy, OptionalDouble probability, boolean isFinal) {
    if (state.marker().isPresent() && isFinal) {
      VerdictDecision special = withoutScores(state, state.marker().get(), policy);
      if (special != null) {
        return special;
      }
    }
    if (probability.isEmpty()) {
      return new VerdictDecision(VerdictLabel.UNCERTAIN, nothingToJudge(state, policy), false);
    }
    return judged(state, policy, probability.getAsDouble(), isFinal);
  }

  private static VerdictDecision withoutScores(
      VideoState state, VideoMarker marker, VerdictPolicy policy) {
    int expected = marker.getFaceFrames();
    if (marker.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      return new VerdictDecision(VerdictLabel.UNDECODABLE, marker.getFailureMessage(), false);
    }
    if (expected == 0) {
      return new VerdictDecision(VerdictLabel.NO_FACE, noFace(marker), false);
    }
    int missing = state.winner().ledger().missing(expected);
    int others = state.scoredByOthers(expected);
    if (others > 0) {
      return incomplete(
          "%d of %d face frames had no score at the deadline by the model that judges, %d of them"
              + " only by another: they were not scored again in time.",
          missing, expected, others);
    }
    if (missing > 0) {
      return incomplete("%d of %d face frames had no score at the deadline.", missing, expected);
    }
    int failed = state.winner().ledger().failed();
    if (failed == expected) {
      return incomplete("None of %d face frames could be scored.", expected);
    }
    if (failed > policy.maxFailedShare() * expected) {
      return incomplete(
          "%d of %d face frames could not be scored; policy allows a share of %s.",
          failed, expected, policy.maxFailedShare());
    }
    return null;
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
            && policy.isClear(probability);
    return new VerdictDecision(label, reason.toString(), automatic);
  }

  private static String nothingToJudge(VideoState state, VerdictPolicy policy) {
    int scored = state.winner().ledger().scored();
    return scored == 0
        ? "No frame has been scored yet."
        : text(
            "None of %d scored face frames has the quality of %s that policy asks for: blurred,"
                + " small or extreme faces decide nothing.",
            scored, policy.minQuality());
  }

  /** What a person should know before trusting the probability. */
  private static String limits(VideoState state) {
    StringBuilder limits = new StringBuilder();
    int failed = state.winner().ledger().failed();
    if (failed > 0) {
      limits.append(text("%d frames could not be scored. ", failed));
    }
    if (state.marker().map(VideoMarker::getTruncated).orElse(false)) {
      limits.append("The stream broke off; what came before was judged. ");
    }
    if (state.winner().origins().extractionMismatch()) {
      limits.append("Faces were extracted by another recipe than the model was trained on. ");
    }
    return limits.toString().strip();
  }

  private static String noFace(VideoMarker marker) {
    String seen = text("No face in %d frames looked at.", marker.getSampledFrames());
    return marker.getTruncated() ? seen + " The stream broke off after them." : seen;
  }

  private static VerdictDecision incomplete(String format, Object... values) {
    return new VerdictDecision(VerdictLabel.INCOMPLETE, text(format, values), false);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
