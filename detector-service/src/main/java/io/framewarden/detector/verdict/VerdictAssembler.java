package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.FrameCompleteness;
import io.framewarden.detector.verdict.state.ModelScores;
import io.framewarden.detector.verdict.state.ScoreOrigins;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.Completeness;
import io.framewarden.v1.OperatingPoint;
import io.framewarden.v1.Provenance;
import io.framewarden.v1.Timings;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.util.OptionalDouble;

/** Writes the verdict of what is known of a video. Immutable. */
final class VerdictAssembler {
  private static final int LISTED_MISSING_SEQS = 100;
  private static final long MICROS_PER_MILLI = 1000;

  private final VerdictPolicy policy;
  private final String policyDigest;
  private final TrackJudge judge;

  VerdictAssembler(VerdictPolicy policy) {
    this.policy = policy;
    this.policyDigest = policy.digest();
    this.judge = new TrackJudge(policy);
  }

  /** The verdict that follows the state's last one. */
  Verdict assemble(String videoId, VideoState state, VerdictStatus status, long nowMs) {
    VideoMarker marker = state.marker().orElse(VideoMarker.getDefaultInstance());
    ModelScores scores = state.winner();
    OptionalDouble probability = judge.videoProbability(scores.tracks());
    VerdictDecision finding =
        VerdictDecision.of(state, policy, probability, status == VerdictStatus.FINAL);
    Verdict.Builder verdict =
        Verdict.newBuilder()
            .setVideoId(videoId)
            .setAttempt(state.attempt())
            .setStatus(status)
            .setRevision(state.revision() + 1)
            .setLabel(finding.label())
            .setReason(finding.reason())
            .setAutomation(
                finding.automatic() ? AutomationLevel.AUTOMATIC : AutomationLevel.HUMAN_REVIEW)
            .setFailure(marker.getFailure())
            .setPolicyVersion(policy.version())
            .setOperatingPoint(operatingPoint())
            .addAllTracks(judge.verdicts(scores.tracks()))
            .addAllSegments(judge.segments(scores.tracks()))
            .addAllEvidence(scores.evidence().frames())
            .setCompleteness(completeness(state))
            .setProvenance(provenance(scores.origins(), marker))
            .setTimings(timings(scores.origins(), marker, nowMs))
            .setDurationUs(marker.getDurationUs())
            .setSampledFrames(marker.getSampledFrames());
    probability.ifPresent(value -> verdict.setProbability(value));
    return verdict.build();
  }

  private OperatingPoint operatingPoint() {
    return OperatingPoint.newBuilder()
        .setName(policy.operatingPoint().name())
        .setFakeAt(policy.operatingPoint().fakeAt())
        .setRealBelow(policy.operatingPoint().realBelow())
        .build();
  }

  /** Before the marker came nobody knows how many frames to expect: expected is then 0. */
  private static Completeness completeness(VideoState state) {
    FrameCompleteness ledger = state.winner().ledger();
    int expected = state.marker().map(VideoMarker::getFaceFrames).orElse(0);
    return Completeness.newBuilder()
        .setExpected(expected)
        .setScored(ledger.scored())
        .setFailed(ledger.failed())
        .setMissing(ledger.missing(expected))
        .addAllMissingSeqs(ledger.missingSeqs(expected, LISTED_MISSING_SEQS))
        .build();
  }

  private Provenance provenance(ScoreOrigins origins, VideoMarker marker) {
    String extraction = marker.getExtractionDigest();
    return Provenance.newBuilder()
        .setContentSha256(marker.getContentSha256())
        .setExtractionDigest(extraction.isEmpty() ? origins.extractionDigest() : extraction)
        .addAllModelDigests(origins.modelDigests())
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
