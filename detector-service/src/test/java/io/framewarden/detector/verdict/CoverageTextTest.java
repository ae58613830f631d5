package io.framewarden.detector.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageTextTest {
  /** The index of a stream of which faces were scored. */
  private static final int FAILED_LATE = 5;

  @Test
  void aSoundStreamNeedsNoWords() {
    CoverageText text = of(stream(0).setDecodedFrames(250).setSampledFrames(33));
    assertEquals(List.of(), text.gaps());
    assertEquals(List.of(), text.judgedStreams());
  }

  @Test
  void eachGapOfTheOnlyStreamHasItsSentence() {
    CoverageText text =
        of(
            stream(0)
                .setDecodedFrames(250)
                .setTruncated(true)
                .setDamagedFrames(3)
                .setUndecodablePackets(4)
                .setMissingStartFrames(12)
                .setTimestampJumps(2)
                .setUnsampledUs(1_500_000));
    assertEquals(
        List.of(
            "The stream ended early: the rest of it is missing or damaged.",
            "3 of 250 frames are damaged.",
            "4 packets could not be decoded.",
            "The stream begins in the middle: 12 frames come before the first that can be decoded.",
            "The timestamps jumped 2 times; frames were judged in the order in which they are"
                + " played.",
            "For 1.5 seconds no frame was searched for faces."),
        text.gaps());
  }

  @Test
  void oneIsSingular() {
    CoverageText text =
        of(
            stream(0)
                .setDecodedFrames(1)
                .setDamagedFrames(1)
                .setUndecodablePackets(1)
                .setMissingStartFrames(1)
                .setTimestampJumps(1)
                .setUnsampledUs(1_000_000));
    assertEquals(
        List.of(
            "1 of 1 frame is damaged.",
            "1 packet could not be decoded.",
            "The stream begins in the middle: 1 frame comes before the first that can be decoded.",
            "The timestamps jumped 1 time; frames were judged in the order in which they are"
                + " played.",
            "For 1 second no frame was searched for faces."),
        text.gaps());
  }

  @Test
  void severalStreamsAreNamed() {
    CoverageText text =
        of(
            stream(0).setDecodedFrames(250),
            stream(1)
                .setDecodedFrames(9)
                .setTruncated(true)
                .setDamagedFrames(2)
                .setUndecodablePackets(1)
                .setMissingStartFrames(5)
                .setTimestampJumps(1)
                .setUnsampledUs(20_000),
            stream(2)
                .setFailure(FailureReason.UNSUPPORTED_CODEC)
                .setFailureMessage("the codec vp7 is not read"));
    assertEquals(List.of("2 video streams were judged."), text.judgedStreams());
    assertEquals(
        List.of(
            "Video stream 1 ended early: the rest of it is missing or damaged.",
            "2 of 9 frames of video stream 1 are damaged.",
            "1 packet of video stream 1 could not be decoded.",
            "Video stream 1 begins in the middle: 5 frames come before the first that can be"
                + " decoded.",
            "The timestamps of video stream 1 jumped 1 time; frames were judged in the order in"
                + " which they are played.",
            "For 0.02 seconds no frame of video stream 1 was searched for faces.",
            "Video stream 2 was not judged: the codec vp7 is not read."),
        text.gaps());
  }

  @Test
  void aStreamThatWasNotJudgedIsDescribedAsFarAsItIsKnown() {
    CoverageText text =
        of(
            stream(3).setProgram(7).setCodec("h264").setFailure(FailureReason.CORRUPT),
            stream(4)
                .setCodec("hevc")
                .setSampledFrames(2)
                .setFailure(FailureReason.TOO_LONG)
                .setFailureMessage("it is too long."),
            stream(FAILED_LATE).setFailure(FailureReason.TOO_MANY_FRAMES));
    assertEquals(
        List.of(
            "Video stream 3 (program 7, h264) was not judged: CORRUPT.",
            "Video stream 4 (hevc) was not judged to its end: it is too long.",
            "Video stream 5 was not judged to its end: TOO_MANY_FRAMES."),
        text.gaps());
    assertEquals(List.of("2 video streams were judged."), text.judgedStreams());
  }

  @Test
  void aVideoOfManyBadStreamsHasAReasonOfBoundedLength() {
    VideoStream.Builder[] streams = new VideoStream.Builder[100];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = stream(i).setTruncated(true);
    }
    List<String> gaps = of(streams).gaps();
    assertTrue(gaps.size() < 20, gaps.size() + " sentences");
    assertEquals("There are 88 more such remarks on the streams.", gaps.get(gaps.size() - 1));
  }

  private static VideoStream.Builder stream(int index) {
    return VideoStream.newBuilder().setIndex(index);
  }

  private static CoverageText of(VideoStream.Builder... streams) {
    VideoMarker.Builder marker = VideoMarker.newBuilder();
    for (VideoStream.Builder stream : streams) {
      marker.addStreams(stream);
    }
    return new CoverageText(marker.build(), Set.of(FAILED_LATE));
  }
}
