package io.framewarden.benchmarks.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
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
