package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * When a stream's frames are shown, in ticks of its time base: as the file says, except that
 * browsers show each frame of an animated image for a tenth of a second where it says a hundredth
 * or less. One stream, one thread.
 */
final class FrameClock {
  private static final double SHORTEST_SECONDS = 0.010_5;
  private static final double SHOWN_SECONDS = 0.1;

  private final boolean animation;
  private final double tickSeconds;
  private long delayed;

  FrameClock(Demuxer source) {
    this.animation = MediaKind.isAnimatedImage(source.format());
    this.tickSeconds = (double) source.timeBase().num() / Math.max(1, source.timeBase().den());
  }

  /**
   * The next frame's time on the presentation timeline, in microseconds.
   *
   * @param timeline of the stream
   */
  long nextUs(AVFrame frame, PlaybackTimeline timeline) {
    long tick = frame.best_effort_timestamp();
    long told = frame.duration();
    boolean tooShort = animation && told * tickSeconds < SHORTEST_SECONDS;
    long shown = tooShort ? Math.round(SHOWN_SECONDS / tickSeconds) : told;
    boolean timed = tick != AV_NOPTS_VALUE;
    long us = timeline.next(timed ? tick + delayed : tick, AV_NOPTS_VALUE, shown);
    delayed += shown - told;
    return us;
  }
}
