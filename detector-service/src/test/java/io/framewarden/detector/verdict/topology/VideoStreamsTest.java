package io.framewarden.detector.verdict.topology;

import static io.framewarden.detector.verdict.Messages.marker;
import static io.framewarden.detector.verdict.Messages.score;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verdicts say of the video streams. */
class VideoStreamsTest {
  @TempDir Path stateDirectory;
  private TopologyHarness topology;

  @BeforeEach
  void open() {
    topology = new TopologyHarness(Messages.config(), stateDirectory);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void saysInWhichStreamATrackAndAnEvidenceFrameAre() {
    topology.send(
        marker(20).toBuilder()
            .clearStreams()
            .addStreams(VideoStream.newBuilder().setIndex(1).setSampledFrames(20))
            .addStreams(VideoStream.newBuilder().setIndex(4).setSampledFrames(20))
            .build());
    for (int seq = 0; seq < 20; seq++) {
      int track = seq % 2;
      FrameScore score = score(seq, track, track == 0 ? 0.1 : 0.9);
      topology.send(score.toBuilder().setStream(track == 0 ? 1 : 4).build());
    }
    Verdict verdict = topology.verdict();
    assertEquals(
        List.of(1, 4), verdict.getTracksList().stream().map(TrackVerdict::getStream).toList());
    assertEquals(4, verdict.getEvidence(0).getStream());
    assertEquals(
        List.of(1, 4), verdict.getStreamsList().stream().map(VideoStream::getIndex).toList());
    assertEquals("2 video streams were judged.", verdict.getReason());
    assertEquals(AutomationLevel.AUTOMATIC, verdict.getAutomation());
  }

  @Test
  void aTruncatedVideoIsJudgedButAPersonLooks() {
    topology.send(
        marker(10).toBuilder()
            .clearStreams()
            .addStreams(VideoStream.newBuilder().setSampledFrames(40).setTruncated(true))
            .build());
    for (int seq = 0; seq < 10; seq++) {
      topology.send(score(seq, 0.9));
    }
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertEquals(
        "The stream ended early: the rest of it is missing or damaged.", verdict.getReason());
  }

  @Test
  void noFaceInATruncatedVideoSaysBoth() {
    topology.send(
        marker(0).toBuilder()
            .clearStreams()
            .setSampledFrames(1)
            .addStreams(VideoStream.newBuilder().setTruncated(true))
            .build());
    assertEquals(
        "No face was found in 1 sampled frame. The stream ended early: the rest of it is missing or"
            + " damaged.",
        topology.verdict().getReason());
  }
}
