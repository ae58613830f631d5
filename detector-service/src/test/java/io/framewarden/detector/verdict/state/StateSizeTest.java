package io.framewarden.detector.verdict.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.detector.verdict.state.v1.StoredTrack;
import io.framewarden.detector.verdict.state.v1.StoredVideo;
import io.framewarden.v1.FrameScore;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a video is stored, and how many bytes that takes. */
@Tag("slow")
class StateSizeTest {
  private static final long WINDOW_US = 1_000_000;

  @ParameterizedTest(name = "{0} frames")
  @CsvSource({"1000, 900", "10000, 2200", "100000, 13500"})
  void staysNearOneBitAFrame(int frames, int limit) throws Exception {
    byte[] bytes = StateCodec.encode(video(frames));
    StoredVideo stored = StoredVideo.parseFrom(bytes);
    int windows = 0;
    for (StoredTrack track : stored.getModels(0).getTracksList()) {
      StoredTrack without =
          track.toBuilder().clearWindowSteps().clearWindowFrames().clearWindowUnits().build();
      windows += track.getSerializedSize() - without.getSerializedSize();
    }
    int rest = bytes.length - windows;
    System.out.printf(
        "state of %d frames: %d bytes, and %d bytes of time windows%n", frames, rest, windows);
    assertTrue(rest <= limit, rest + " bytes");
    assertTrue(windows <= TimeWindows.MAX_WINDOWS * 14, windows + " bytes of windows");
  }

  /** Ingest sends some twenty frames to a partition before it goes on with the next. */
  @ParameterizedTest(name = "{0} frames")
  @CsvSource({"1000, 400", "100000, 40000"})
  void offsetsCostAFewBitsAFrame(int frames, int limit) {
    int without = StateCodec.encode(video(frames, score -> score)).length;
    byte[] bytes = StateCodec.encode(video(frames, StateSizeTest::withOrigin));
    System.out.printf("offsets of %d frames: %d bytes%n", frames, bytes.length - without);
    assertTrue(bytes.length - without <= limit, (bytes.length - without) + " bytes");
    FrameOffsets offsets = StateCodec.decode(bytes).offsets;
    for (int seq = 0; seq < frames; seq++) {
      FrameScore expected = withOrigin(Messages.score(seq, 0.5));
      assertEquals(expected.getOriginPartition(), offsets.find(seq).orElseThrow().getPartition());
      assertEquals(expected.getOriginOffset(), offsets.find(seq).orElseThrow().getOffset());
    }
  }

  private static FrameScore withOrigin(FrameScore score) {
    int run = score.getSeq() / 20;
    return score.toBuilder()
        .setOriginPartition(run * 7 % 24)
        .setOriginOffset(5_000_000_000L + run / 24 * 20L + score.getSeq() % 20)
        .build();
  }

  @Test
  void survivesStorage() throws Exception {
    VideoState state = video(1000);
    byte[] bytes = StateCodec.encode(state);
    VideoState back = StateCodec.decode(bytes);
    assertEquals(1000, back.judgingModel().completeness().scored());
    assertEquals(1000, back.marker().orElseThrow().getFaceFrames());
    assertEquals(StoredVideo.parseFrom(bytes), StoredVideo.parseFrom(StateCodec.encode(back)));
  }

  @Test
  void keepsTheStreamOfATrack() {
    VideoState state = new VideoState(Messages.ATTEMPT, 1);
    FrameScore score = Messages.score(0, 0.5).toBuilder().setStream(3).build();
    state.add(score, true, 1, WINDOW_US, 1);
    ModelScores back = StateCodec.decode(StateCodec.encode(state)).judgingModel();
    assertEquals(3, back.tracks().iterator().next().stream());
    assertEquals(3, back.evidence().frames().get(0).getStream());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void refusesAnotherFormat(int format) {
    byte[] bytes = StoredVideo.newBuilder().setFormat(format).build().toByteArray();
    IllegalStateException problem =
        assertThrows(IllegalStateException.class, () -> StateCodec.decode(bytes));
    assertEquals(
        "the stored state of a video has format " + format + ", this version reads format 1",
        problem.getMessage());
  }

  private static VideoState video(int frames) {
    return video(frames, score -> score);
  }

  private static VideoState video(int frames, UnaryOperator<FrameScore> change) {
    VideoState state = new VideoState(Messages.ATTEMPT, 1_800_000_000_000L);
    state.add(Messages.marker(frames), 1_800_000_000_000L);
    Random random = new Random(1);
    for (int seq = 0; seq < frames; seq++) {
      state.add(
          change.apply(Messages.score(seq, 0.2 + random.nextDouble() / 3)),
          true,
          0,
          WINDOW_US,
          1_800_000_000_000L);
    }
    return state;
  }
}
