package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.FrameCompleteness;
import io.framewarden.detector.verdict.state.ModelScores;
import io.framewarden.detector.verdict.state.ScoreOrigins;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.Completeness;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.OperatingPoint;
import io.framewarden.v1.Provenance;
import io.framewarden.v1.Timings;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.util.List;
import java.util.OptionalDouble;

/** Assembles the verdict from the state of a video. Immutable. */
final class VerdictAssembler {
  private static final int MAX_MISSING_SEQS = 100;
  private static final long MICROS_PER_MILLI = 1000;

  private final VerdictPolicy policy;
  private final String policyDigest;
  private final TrackJudge judge;

  VerdictAssembler(VerdictPolicy policy) {
    this.policy = policy;
    this.policyDigest = policy.digest();
    this.judge = new TrackJudge(policy);
  }

  /**
   * The verdict that replaces the state's last one.
   *
   * @param nowMs wall-clock milliseconds since the epoch
   */
  Verdict assemble(String videoId, VideoState state, VerdictStatus status, long nowMs) {
    VideoMarker marker = state.marker().orElse(VideoMarker.getDefaultInstance());
    ModelScores scores = state.judgingModel();
    OptionalDouble probability = judge.videoProbability(scores.tracks());
    boolean isFinal = status == VerdictStatus.FINAL;
    VerdictDecision decision =
        VerdictDecision.of(state, policy, probability, judge.deciding(scores.tracks()), isFinal);
    Verdict.Builder verdict =
        Verdict.newBuilder()
            .setVideoId(videoId)
            .setAttempt(state.attempt())
            .setStatus(status)
            .setRevision(state.revision() + 1)
            .setLabel(decision.label())
            .setReason(decision.reason())
            .setAutomation(
                decision.automatic() ? AutomationLevel.AUTOMATIC : AutomationLevel.HUMAN_REVIEW)
            .setFailure(marker.getFailure())
            .setPolicyVersion(policy.version())
            .setOperatingPoint(operatingPoint())
            .addAllTracks(judge.verdicts(scores.tracks()))
            .addAllSegments(judge.segments(scores.tracks()))
            .addAllEvidence(scores.evidence().frames())
            .setCompleteness(completeness(state))
            .setProvenance(provenance(scores, marker))
            .setTimings(timings(scores.origins(), marker, nowMs))
            .setDurationUs(marker.getDurationUs())
            .setSampledFrames(marker.getSampledFrames())
            .addAllStreams(marker.getStreamsList())
            .setRetryAtUs(marker.getRetryAtUs());
    if (decision.label() != VerdictLabel.UNDECODABLE) {
      probability.ifPresent(value -> verdict.setProbability(value));
    }
    return verdict.build();
  }

  private OperatingPoint operatingPoint() {
    return OperatingPoint.newBuilder()
        .setName(policy.operatingPoint().name())
        .setFakeAt(policy.operatingPoint().fakeAt())
        .setRealBelow(policy.operatingPoint().realBelow())
        .build();
  }

  /**
   * Before the marker came it is not known how many frames to expect: expected is then 0. Of a
   * video that could not be decoded to its end only those are expected that came.
   */
  private static Completeness completeness(VideoState state) {
    FrameCompleteness frames = state.judgingModel().completeness();
    boolean brokeOff =
        state.marker().isPresent()
            && state.marker().get().getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
    int expected = brokeOff ? frames.scored() + frames.failed() : state.expectedFrames();
    return Completeness.newBuilder()
        .setExpected(expected)
        .setScored(frames.scored())
        .setFailed(frames.failed())
        .setMissing(brokeOff ? 0 : frames.missing(expected))
        .addAllMissingSeqs(brokeOff ? List.of() : frames.missingSeqs(expected, MAX_MISSING_SEQS))
        .build();
  }

  private Provenance provenance(ModelScores scores, VideoMarker marker) {
    ScoreOrigins origins = scores.origins();
    boolean hasModel = scores.completeness().scored() > 0 && !scores.digest().isEmpty();
    String extraction = marker.getExtractionDigest();
    return Provenance.newBuilder()
        .setContentSha256(marker.getContentSha256())
        .setExtractionDigest(extraction.isEmpty() ? origins.extractionDigest() : extraction)
        .addAllModelDigests(hasModel ? List.of(scores.digest()) : List.of())
        .addAllModelVersions(origins.modelVersions())
        .addAllEngines(origins.engines())
        .setPolicyDigest(policyDigest)
        .setExtractionMismatch(origins.extractionMismatch())
        .setSampling(marker.getSampling())
        .setTracking(marker.getTracking())
        .build();
  }

  private static Timings timings(ScoreOrigins origins, VideoMarker marker, long nowMs) {
    return Timings.newBuilder()
        .setReceivedUs(marker.getReceivedTimeUs())
        .setExtractionStartedUs(marker.getStartedTimeUs())
        .setExtractionFinishedUs(marker.getFinishedTimeUs())
        .setLastScoreUs(origins.lastScoreUs())
        .setDecidedUs(nowMs * MICROS_PER_MILLI)
        .build();
  }
}
