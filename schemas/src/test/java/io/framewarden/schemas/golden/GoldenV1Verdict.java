package io.framewarden.schemas.golden;

import com.google.protobuf.Message;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.Completeness;
import io.framewarden.v1.EvidenceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.OperatingPoint;
import io.framewarden.v1.Provenance;
import io.framewarden.v1.Segment;
import io.framewarden.v1.Timings;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.util.Map;

/** Verdicts. */
final class GoldenV1Verdict {
  private GoldenV1Verdict() {}

  static Map<String, Message> messages() {
    return Map.of(
        "Verdict", verdict(),
        "Verdict-zero-probability", zeroProbability(),
        "Verdict-failed", failed(),
        "Verdict-retried", retried());
  }

  private static Verdict verdict() {
    return Verdict.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setStatus(VerdictStatus.FINAL)
        .setRevision(10)
        .setLabel(VerdictLabel.FAKE)
        .setProbability(0.9375)
        .setPolicyVersion("policy-1")
        .setOperatingPoint(
            OperatingPoint.newBuilder().setName("balanced").setFakeAt(0.625).setRealBelow(0.375))
        .addTracks(track())
        .addSegments(
            Segment.newBuilder()
                .setTrackId(11)
                .setStartUs(6_000_000_009L)
                .setEndUs(6_000_000_010L)
                .setProbability(0.8125)
                .setFrames(12))
        .addEvidence(evidence())
        .setReason("for people")
        .setCompleteness(
            Completeness.newBuilder()
                .setExpected(300)
                .setScored(297)
                .setMissing(2)
                .setFailed(1)
                .addMissingSeqs(13)
                .addMissingSeqs(299))
        .setProvenance(provenance())
        .setAutomation(AutomationLevel.HUMAN_REVIEW)
        .setTimings(timings())
        .setDurationUs(6_000_000_011L)
        .setSampledFrames(5_000_000_012L)
        .addStreams(GoldenV1.stream())
        .build();
  }

  private static Verdict zeroProbability() {
    return Verdict.newBuilder()
        .setVideoId("video-3")
        .setAttempt(GoldenV1.ATTEMPT)
        .setStatus(VerdictStatus.PROVISIONAL)
        .setRevision(1)
        .setLabel(VerdictLabel.REAL)
        .setProbability(0)
        .build();
  }

  private static Verdict failed() {
    return Verdict.newBuilder()
        .setVideoId("video-2")
        .setAttempt(GoldenV1.ATTEMPT)
        .setStatus(VerdictStatus.FINAL)
        .setRevision(1)
        .setLabel(VerdictLabel.UNDECODABLE)
        .setFailure(FailureReason.UNSUPPORTED_CODEC)
        .build();
  }

  private static Verdict retried() {
    return Verdict.newBuilder()
        .setVideoId("video-4")
        .setAttempt(GoldenV1.ATTEMPT)
        .setStatus(VerdictStatus.PROVISIONAL)
        .setRevision(1)
        .setLabel(VerdictLabel.INCOMPLETE)
        .setFailure(FailureReason.DECODER_STARVED)
        .setRetryAtUs(1_790_000_000_000_008L)
        .build();
  }

  private static TrackVerdict track() {
    return TrackVerdict.newBuilder()
        .setTrackId(14)
        .setLabel(VerdictLabel.UNCERTAIN)
        .setProbability(0.5625)
        .setFrames(15)
        .setLowQualityFrames(18)
        .setFirstUs(6_000_000_012L)
        .setLastUs(6_000_000_013L)
        .setStream(1)
        .build();
  }

  private static EvidenceFrame evidence() {
    return EvidenceFrame.newBuilder()
        .setSeq(16)
        .setTrackId(17)
        .setFrameIndex(5_000_000_013L)
        .setPtsUs(6_000_000_014L)
        .setBox(GoldenV1Frames.box())
        .setProbability(0.6875)
        .setEvidence(GoldenV1Frames.evidence())
        .setStream(1)
        .build();
  }

  private static Provenance provenance() {
    return Provenance.newBuilder()
        .setContentSha256(GoldenV1.CONTENT)
        .setExtractionDigest(GoldenV1.EXTRACTION)
        .addModelDigests(GoldenV1.MODEL)
        .addModelVersions("did/2026.1")
        .addEngines("onnxruntime-1.29.0-cpu")
        .setPolicyDigest("f".repeat(64))
        .setExtractionMismatch(true)
        .setSampling(GoldenV1.SAMPLING)
        .setTracking(GoldenV1.TRACKING)
        .build();
  }

  private static Timings timings() {
    return Timings.newBuilder()
        .setReceivedUs(1_790_000_000_000_009L)
        .setExtractionStartedUs(1_790_000_000_000_010L)
        .setExtractionFinishedUs(1_790_000_000_000_011L)
        .setLastScoreUs(1_790_000_000_000_012L)
        .setDecidedUs(1_790_000_000_000_013L)
        .build();
  }
}
