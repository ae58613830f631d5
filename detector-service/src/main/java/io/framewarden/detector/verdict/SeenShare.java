package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.TrackState;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In what share of a video's sampled frames a face decides. State holds no bit for each frame, so
 * this is the least that it can be: of each window of time, the frames of the track that has most
 * there. Where tracks follow each other from shot to shot it is exact, but for windows with a cut.
 * Stateless.
 */
final class SeenShare {
  private SeenShare() {}

  /**
   * The share in the stream where it is largest, in [0, 1]; 0 where it is not known of any stream
   * how many frames were sampled.
   *
   * @param deciding the tracks that decide
   */
  static double of(Collection<TrackState> deciding, VideoMarker marker) {
    double largest = 0;
    for (VideoStream stream : marker.getStreamsList()) {
      List<TrackState> tracks =
          deciding.stream().filter(track -> track.stream() == stream.getIndex()).toList();
      if (stream.getSampledFrames() > 0) {
        largest = Math.max(largest, (double) frames(tracks) / stream.getSampledFrames());
      }
    }
    return Math.min(1, largest);
  }

  /** At least so many sampled frames of a stream have one of these tracks. */
  private static long frames(List<TrackState> tracks) {
    // Windows of long tracks are wider, by a power of two.
    long widthUs = tracks.stream().mapToLong(track -> track.windows().widthUs()).max().orElse(1);
    Map<Long, Integer> most = new HashMap<>();
    for (TrackState track : tracks) {
      Map<Long, Integer> own = new HashMap<>();
      track
          .windows()
          .sums()
          .forEach(
              (index, sum) ->
                  own.merge(
                      index * track.windows().widthUs() / widthUs, sum.count(), Integer::sum));
      own.forEach((window, frames) -> most.merge(window, frames, Math::max));
    }
    return most.values().stream().mapToLong(Integer::longValue).sum();
  }
}
