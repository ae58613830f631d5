package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * What a container's timestamps count from. Those of .mp4 and .mov count from the start of the file
 * as players show it: a video stream that starts at 10 s is preceded by 10 s without one. Players
 * call the first timestamp of any other file zero, be it of its video or its sound. The clocks of
 * transport and program streams and of FLV may begin anew in the middle.
 *
 * @param startUs the timestamp that players call zero, in microseconds
 * @param restarts whether the clock may begin anew in the middle
 */
record ContainerClock(long startUs, boolean restarts) {
  private static final Set<String> RESTARTING = Set.of("mpegts", "mpeg", "flv");
  private static final String MOVIE = "mov";

  /** As ffplay does: a longer step of such a clock is a jump and no pause. */
  private static final long MAX_RESTARTING_GAP_US = 10_000_000;

  private static final long MAX_GAP_US = 3_600_000_000L;

  static ContainerClock of(AVFormatContext container) {
    String format = container.iformat().name().getString();
    long start = container.start_time() == AV_NOPTS_VALUE ? 0 : container.start_time();
    boolean fromZero = List.of(format.split(",")).contains(MOVIE);
    return new ContainerClock(fromZero ? Math.min(0, start) : start, RESTARTING.contains(format));
  }

  /**
   * The timeline of a stream's frames.
   *
   * @param frameRate frames a second, or 0 where unknown
   * @param reachedUs how far the file has come where the stream begins; 0 at its start
   */
  PlaybackTimeline timeline(AVStream stream, double frameRate, long reachedUs) {
    double tick = (double) stream.time_base().num() / Math.max(1, stream.time_base().den());
    return new PlaybackTimeline(tick, frameRate, this, reachedUs);
  }

  /** A stream's timestamp as a time on the presentation timeline, in microseconds. */
  long presentationUs(AVStream stream, long tick) {
    double seconds = (double) stream.time_base().num() / Math.max(1, stream.time_base().den());
    return tick == AV_NOPTS_VALUE ? 0 : Math.max(0, Math.round(tick * seconds * 1e6) - startUs);
  }

  /** A longer step between two timestamps is a jump and no pause, microseconds. */
  long maxGapUs() {
    return restarts ? MAX_RESTARTING_GAP_US : MAX_GAP_US;
  }
}
