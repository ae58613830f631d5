package io.framewarden.standalone.command.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.v1.Completeness;
import io.framewarden.v1.Segment;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoStream;
import org.junit.jupiter.api.Test;

class VerdictTextTest {
  @Test
  void namesWhoIsFakeAndWhen() {
    Verdict verdict =
        Verdict.newBuilder()
            .setLabel(VerdictLabel.FAKE)
            .addTracks(TrackVerdict.newBuilder().setTrackId(0).setLabel(VerdictLabel.REAL))
            .addTracks(TrackVerdict.newBuilder().setTrackId(1).setLabel(VerdictLabel.FAKE))
            .addSegments(
                Segment.newBuilder().setTrackId(1).setStartUs(1_500_000).setEndUs(62_250_000))
            .build();
    assertEquals("track 1 at 0:01.5-1:02.2", VerdictText.why(verdict));
  }

  @Test
  void addsTheReasonOfAFake() {
    Verdict.Builder verdict =
        Verdict.newBuilder()
            .setLabel(VerdictLabel.FAKE)
            .setReason("The stream ended early.")
            .addTracks(TrackVerdict.newBuilder().setLabel(VerdictLabel.FAKE));
    assertEquals("track 0. The stream ended early.", VerdictText.why(verdict.build()));
    assertEquals("The stream ended early.", VerdictText.why(verdict.clearTracks().build()));
  }

  @Test
  void givesTheReasonOfARealOneToo() {
    Verdict verdict =
        Verdict.newBuilder()
            .setLabel(VerdictLabel.REAL)
            .setReason("2 video streams were judged.")
            .build();
    assertEquals("2 video streams were judged.", VerdictText.why(verdict));
  }

  @Test
  void addsUpTheSampledFramesOfAllStreams() {
    Verdict.Builder verdict = Verdict.newBuilder().setSampledFrames(43);
    assertEquals("-", VerdictText.sampled(verdict.build()));
    verdict
        .addStreams(VideoStream.newBuilder().setSampledFrames(33).setDecodedFrames(250))
        .addStreams(VideoStream.newBuilder().setSampledFrames(10).setDecodedFrames(50));
    assertEquals("43/300", VerdictText.sampled(verdict.build()));
  }

  @Test
  void showsAtMostThreeSegments() {
    Verdict.Builder verdict =
        Verdict.newBuilder()
            .setLabel(VerdictLabel.FAKE)
            .addTracks(TrackVerdict.newBuilder().setLabel(VerdictLabel.FAKE));
    for (int i = 0; i < 4; i++) {
      verdict.addSegments(
          Segment.newBuilder().setStartUs(i * 1_000_000L).setEndUs(i * 1_000_000L + 500_000));
    }
    assertEquals(
        "track 0 at 0:00.0-0:00.5, 0:01.0-0:01.5, 0:02.0-0:02.5, ...",
        VerdictText.why(verdict.build()));
  }

  @Test
  void givesTheReasonOfAnAbstention() {
    Verdict verdict =
        Verdict.newBuilder().setLabel(VerdictLabel.NO_FACE).setReason("no face was found").build();
    assertEquals("no face was found", VerdictText.why(verdict));
    assertEquals("NO FACE", VerdictText.label(verdict));
    assertEquals("-", VerdictText.probability(verdict));
  }

  @Test
  void saysThatItIsNotKnownYetHowManyFacesThereAre() {
    Verdict.Builder verdict =
        Verdict.newBuilder()
            .setStatus(VerdictStatus.PROVISIONAL)
            .setCompleteness(Completeness.newBuilder().setScored(27));
    assertEquals("27/?", VerdictText.faces(verdict.build()));
    verdict.getCompletenessBuilder().setExpected(32);
    assertEquals("27/32", VerdictText.faces(verdict.build()));
    verdict.setStatus(VerdictStatus.FINAL).clearCompleteness();
    assertEquals("0/0", VerdictText.faces(verdict.build()));
  }
}
