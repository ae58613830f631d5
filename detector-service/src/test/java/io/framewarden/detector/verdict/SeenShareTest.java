package io.framewarden.detector.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.detector.verdict.state.TrackState;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.Collection;
import org.junit.jupiter.api.Test;

/** In what share of the sampled frames a face decides. */
class SeenShareTest {
  private static final long WINDOW_US = 1_000_000;
  private static final int FRAMES_PER_SECOND = 4;

  private final VideoState state = new VideoState(Messages.ATTEMPT, 1000);
  private int seq;

  @Test
  void tracksThatFollowEachOtherAddUp() {
    for (int track = 0; track < 10; track++) {
      add(track, 0, track * 10, 10);
    }
    assertEquals(1, SeenShare.of(tracks(), marker(400)));
  }

  @Test
  void tracksSideBySideCountOnce() {
    add(0, 0, 0, 10);
    add(1, 0, 0, 10);
    add(2, 0, 5, 10);
    assertEquals(60.0 / 400, SeenShare.of(tracks(), marker(400)));
  }

  @Test
  void tracksWithWindowsOfSeveralWidthsAddUp() {
    add(0, 0, 0, 10);
    add(1, 0, 9_000, 10);
    add(2, 0, 9_000, 5);
    assertEquals(80.0 / 40_000, SeenShare.of(tracks(), marker(40_000)));
  }

  @Test
  void theStreamWithTheLargestShareCounts() {
    add(0, 0, 0, 10);
    add(1, 1, 0, 5);
    assertEquals(0.5, SeenShare.of(tracks(), marker(400, 40)));
  }

  @Test
  void aStreamOfUnknownLengthDoesNotCount() {
    add(0, 0, 0, 10);
    assertEquals(0, SeenShare.of(tracks(), marker(0)));
    assertEquals(0, SeenShare.of(tracks(), VideoMarker.getDefaultInstance()));
  }

  private void add(int track, int stream, int fromSecond, int seconds) {
    for (int i = 0; i < seconds * FRAMES_PER_SECOND; i++) {
      state.add(
          Messages.score(seq++, track, 0.5).toBuilder()
              .setStream(stream)
              .setPtsUs(fromSecond * WINDOW_US + i * WINDOW_US / FRAMES_PER_SECOND)
              .build(),
          true,
          0,
          WINDOW_US,
          1000);
    }
  }

  private Collection<TrackState> tracks() {
    return state.judgingModel().tracks();
  }

  private static VideoMarker marker(long... sampled) {
    VideoMarker.Builder marker = VideoMarker.newBuilder();
    for (int i = 0; i < sampled.length; i++) {
      marker.addStreams(VideoStream.newBuilder().setIndex(i).setSampledFrames(sampled[i]));
    }
    return marker.build();
  }
}
