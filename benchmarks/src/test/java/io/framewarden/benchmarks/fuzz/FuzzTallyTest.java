package io.framewarden.benchmarks.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzTallyTest {
  private static final VideoStream GOOD =
      VideoStream.newBuilder().setDecodedFrames(10).setSampledFrames(4).setEndUs(400_000).build();

  private final FuzzTally tally = new FuzzTally();

  @Test
  void rightMarkersAreNoFailures() {
    assertTrue(tally.addMarker(marker(GOOD, GOOD).build(), 0, 1));
    VideoMarker refused =
        VideoMarker.newBuilder().setFailure(FailureReason.CORRUPT).setFailureMessage("why").build();
    assertTrue(tally.addMarker(refused, 0, 1));
    assertEquals(0, tally.failures());
    assertEquals(2, tally.ended());
  }

  @Test
  void aStreamThatFailsInTheMiddleIsNoFailureWhereItSaysWhy() {
    VideoStream.Builder half = GOOD.toBuilder().setFailure(FailureReason.TOO_LONG);
    assertWrong(half);
    assertTrue(tally.addMarker(marker(GOOD, half.setFailureMessage("why").build()).build(), 0, 1));
  }

  @Test
  void aStreamWhoseBooksAreWrongIsAFailure() {
    assertWrong(GOOD.toBuilder().setSampledFrames(11));
    assertWrong(GOOD.toBuilder().setUnsampledUs(1));
    assertWrong(GOOD.toBuilder().setStartUs(500_000));
    assertWrong(GOOD.toBuilder().setSampledFrames(0));
    assertWrong(GOOD.toBuilder().setFailure(FailureReason.CORRUPT));
    assertEquals(5, tally.failures());
  }

  @Test
  void wrongSumsAndCountsAreFailures() {
    assertFalse(tally.addMarker(marker(GOOD).setDecodedFrames(11).build(), 0, 1));
    assertFalse(tally.addMarker(marker(GOOD).setSampledFrames(3).build(), 0, 1));
    assertFalse(tally.addMarker(marker(GOOD).build(), 1, 1));
    tally.addWithoutMarker();
    assertEquals(4, tally.failures());
  }

  @Test
  void aFailureOfOursIsNoClearReason() {
    VideoMarker crashed =
        VideoMarker.newBuilder()
            .setFailure(FailureReason.DECODER_CRASHED)
            .setFailureMessage("why")
            .build();
    assertFalse(tally.addMarker(crashed, 0, 1));
  }

  @Test
  void onlyDamagedStreamsMayDifferByThreads() {
    FuzzOutcome one = new FuzzOutcome(marker(GOOD).setAttempt(1).build(), List.of());
    FuzzOutcome again = new FuzzOutcome(marker(GOOD).setAttempt(2).build(), List.of());
    assertTrue(tally.compare(one, again));
    VideoStream fewer = GOOD.toBuilder().setDecodedFrames(9).build();
    assertFalse(tally.compare(one, new FuzzOutcome(marker(fewer).build(), List.of())));
    VideoMarker face = marker(GOOD).setFaceFrames(1).build();
    FuzzOutcome seen = new FuzzOutcome(face, List.of("a"));
    assertFalse(tally.compare(seen, new FuzzOutcome(face, List.of("b"))));
    VideoStream damaged = fewer.toBuilder().setDamagedFrames(1).build();
    assertTrue(tally.compare(one, new FuzzOutcome(marker(damaged).build(), List.of())));
    VideoStream silent = fewer.toBuilder().setCodec("ffv1").build();
    assertTrue(tally.compare(one, new FuzzOutcome(marker(silent).build(), List.of())));
    assertEquals(2, tally.failures());
  }

  private void assertWrong(VideoStream.Builder stream) {
    assertFalse(tally.addMarker(marker(stream.build()).build(), 0, 1));
  }

  private static VideoMarker.Builder marker(VideoStream... streams) {
    VideoMarker.Builder marker = VideoMarker.newBuilder();
    for (VideoStream stream : streams) {
      marker
          .addStreams(stream)
          .setDecodedFrames(marker.getDecodedFrames() + stream.getDecodedFrames())
          .setSampledFrames(marker.getSampledFrames() + stream.getSampledFrames());
    }
    return marker;
  }
}
