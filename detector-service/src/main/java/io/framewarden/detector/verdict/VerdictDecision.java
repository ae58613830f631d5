package io.framewarden.detector.verdict;

import static java.util.stream.Collectors.toSet;

import io.framewarden.detector.verdict.state.TrackState;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.schemas.text.CountText;
import io.framewarden.schemas.topic.RetryableFailures;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoMarker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A video's label, why, and whether a machine may act on it.
 *
 * @param label what the video is found to be
 * @param reason for people; empty when the label says it all
 * @param automatic whether the policy lets a machine act on the label
 */
record VerdictDecision(VerdictLabel label, String reason, boolean automatic) {

  /**
   * Decides on a video.
   *
   * @param probability P(fake) of the video, in [0, 1]; empty where no frame decides
   * @param deciding the tracks that decide; at least one where there is a probability
   * @param isFinal whether missing frames make it INCOMPLETE
   */
  static VerdictDecision of(
      VideoState state,
      VerdictPolicy policy,
      OptionalDouble probability,
      Collection<TrackState> deciding,
      boolean isFinal) {
    Optional<VerdictDecision> unusable = unusable(state, policy, isFinal);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    if (probability.isEmpty()) {
      return abstained(state, policy);
    }
    return judged(state, policy, probability.getAsDouble(), deciding, isFinal);
  }

  /** UNDECODABLE, NO_FACE or INCOMPLETE; empty where the video can be judged. */
  private static Optional<VerdictDecision> unusable(
      VideoState state, VerdictPolicy policy, boolean isFinal) {
    VideoMarker marker = state.marker().orElse(VideoMarker.getDefaultInstance());
    if (RetryableFailures.contains(marker.getFailure())) {
      return Optional.of(new VerdictDecision(VerdictLabel.INCOMPLETE, notExtracted(marker), false));
    }
    if (!isFinal || state.marker().isEmpty()) {
      return Optional.empty();
    }
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
    String frames = CountText.of(expected, "face frame");
    int missing = state.judgingModel().completeness().missing(expected);
    int others = state.scoredByOthers();
    if (others > 0) {
      return incomplete(
          "%d of %s had no score by the judging model at the deadline, %d of them only by another"
              + " and not scored again in time.",
          missing, frames, others);
    }
    if (missing > 0) {
      return incomplete("%d of %s had no score at the deadline.", missing, frames);
    }
    int failed = state.judgingModel().completeness().failed();
    if (failed == expected) {
      return incomplete("None of %s could be scored.", frames);
    }
    if (failed > policy.maxFailedShare() * expected) {
      return incomplete(
          "%d of %s could not be scored; the policy allows a share of %s.",
          failed, frames, policy.maxFailedShare());
    }
    return Optional.empty();
  }

  private static VerdictDecision judged(
      VideoState state,
      VerdictPolicy policy,
      double probability,
      Collection<TrackState> deciding,
      boolean isFinal) {
    VerdictLabel label = policy.labelOf(probability);
    List<String> limits = limits(state);
    if (label == VerdictLabel.UNCERTAIN) {
      limits.add(
          0,
          text(
              "P(fake) %.3f lies between %s and %s: the model abstains.",
              probability, policy.operatingPoint().realBelow(), policy.operatingPoint().fakeAt()));
    } else if (isFinal) {
      if (!policy.operatingPoint().calibrated()) {
        limits.add("The model was not calibrated: its threshold promises nothing.");
      }
      limits.addAll(policy.automationEvidence().shortfalls(deciding, state.marker().orElseThrow()));
      if (!policy.isOutsideMargin(probability)) {
        limits.add(
            text(
                "P(fake) %.3f is nearer to a threshold than %s, the margin of automatic action.",
                probability, policy.automationMargin()));
      }
    }
    boolean automatic = isFinal && limits.isEmpty();
    List<String> reasons = new ArrayList<>(limits);
    if (label == VerdictLabel.REAL && !policy.notDetected().isEmpty()) {
      reasons.add("The model does not detect " + policy.notDetected() + ".");
    }
    if (isFinal) {
      reasons.addAll(
          ShortTracksText.of(state.judgingModel().tracks(), deciding, policy.minTrackFrames()));
    }
    reasons.addAll(coverage(state).judgedStreams());
    return new VerdictDecision(label, String.join(" ", reasons), automatic);
  }

  /** UNCERTAIN: no frame decides. */
  private static VerdictDecision abstained(VideoState state, VerdictPolicy policy) {
    List<String> reasons = new ArrayList<>();
    reasons.add(whyNoProbability(state, policy));
    reasons.addAll(limits(state));
    reasons.addAll(coverage(state).judgedStreams());
    return new VerdictDecision(VerdictLabel.UNCERTAIN, String.join(" ", reasons), false);
  }

  private static String whyNoProbability(VideoState state, VerdictPolicy policy) {
    int scored = state.judgingModel().completeness().scored();
    return scored == 0
        ? "No frame has been scored yet."
        : text(
            "None of %s has the quality of %s that the policy requires:"
                + " blurred, small or turned faces decide nothing.",
            CountText.of(scored, "scored face frame"), policy.minQuality());
  }

  /** What a person should know before relying on the probability; a list to add to. */
  private static List<String> limits(VideoState state) {
    List<String> limits = new ArrayList<>();
    int failed = state.judgingModel().completeness().failed();
    if (failed > 0) {
      limits.add(CountText.of(failed, "face frame") + " could not be scored.");
    }
    limits.addAll(coverage(state).gaps());
    if (state.judgingModel().origins().extractionMismatch()) {
      limits.add(
          "Faces were extracted by a recipe that the model was neither trained nor measured on.");
    }
    return limits;
  }

  private static CoverageText coverage(VideoState state) {
    return new CoverageText(
        state.marker().orElse(VideoMarker.getDefaultInstance()),
        state.judgingModel().tracks().stream().map(TrackState::stream).collect(toSet()));
  }

  /** Of a failure that is not the video's: what it was, and what follows. */
  private static String notExtracted(VideoMarker marker) {
    String tries =
        marker.getFailedTries() > 1 ? " after " + marker.getFailedTries() + " tries" : "";
    String next =
        marker.getRetryAtUs() > 0
            ? "It is tried again by itself, not before "
                + Instant.EPOCH
                    .plus(marker.getRetryAtUs(), ChronoUnit.MICROS)
                    .truncatedTo(ChronoUnit.SECONDS)
            : "It is not tried again: upload it again";
    return "The video could not be extracted%s: %s. %s."
        .formatted(tries, marker.getFailureMessage(), next);
  }

  private static String noFace(VideoMarker marker) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        "No face was found in " + CountText.of(marker.getSampledFrames(), "sampled frame") + ".");
    CoverageText coverage = new CoverageText(marker, Set.of());
    reasons.addAll(coverage.gaps());
    reasons.addAll(coverage.judgedStreams());
    return String.join(" ", reasons);
  }

  private static Optional<VerdictDecision> incomplete(String format, Object... values) {
    return Optional.of(new VerdictDecision(VerdictLabel.INCOMPLETE, text(format, values), false));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
