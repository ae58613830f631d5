package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;

import java.util.BitSet;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Which frames the decoder may skip without changing the wanted ones: those that no other frame
 * references, or all but key frames where only such are wanted. Anything that shows that the video
 * is not as its packets said ends the plan, and the video is decoded in full. One pass over the
 * video, one thread.
 */
public final class FrameSkipPlan {
  private final FrameTimestamps times;
  private final BitSet wanted;
  private final boolean keyFramesOnly;
  private int last = -1;

  private FrameSkipPlan(FrameTimestamps times, BitSet wanted) {
    this.times = times;
    this.wanted = wanted;
    this.keyFramesOnly = wanted.stream().allMatch(times::isKey);
  }

  /**
   * A plan for the wanted frames.
   *
   * @return empty where so many are wanted that nothing would be gained
   */
  public static Optional<FrameSkipPlan> of(FrameTimestamps times, BitSet wanted) {
    if (wanted.cardinality() * 2 > times.count()) {
      return Optional.empty();
    }
    return Optional.of(new FrameSkipPlan(times, (BitSet) wanted.clone()));
  }

  /** What the decoder may skip at the packet of a time: one of FFmpeg's AVDISCARD values. */
  int discard(long tick) throws FastDecodeException {
    int frame = times.indexOf(tick);
    if (frame < 0) {
      throw new FastDecodeException("the packets differ from those that were scanned");
    }
    // The last frame says where the video ends.
    boolean needed = wanted.get(frame) || frame == times.count() - 1;
    return needed ? AVDISCARD_DEFAULT : keyFramesOnly ? AVDISCARD_NONKEY : AVDISCARD_NONREF;
  }

  /** The index among all frames, skipped ones included, of one that came out of the decoder. */
  long index(AVFrame frame, AVCodecContext decoder) throws FastDecodeException {
    int index = times.indexOf(frame.pts());
    check(index > last && frame.best_effort_timestamp() == frame.pts(), "order");
    int unsupported = AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_CORRUPT;
    check(
        (frame.flags() & unsupported) == 0 && frame.decode_error_flags() == 0,
        "interlaced or damaged frames");
    // With a shorter delay, a full decode would return the first frames in another order.
    check(decoder.has_b_frames() >= times.delay(), "delay");
    check(nextWanted() < 0 || nextWanted() >= index, "a missing frame");
    if (keyFramesOnly && wanted.get(index)) {
      boolean intra =
          (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0
              && frame.pict_type() == AV_PICTURE_TYPE_I;
      check(intra, "key frames");
    }
    last = index;
    return index;
  }

  /** Checks, at the end of the stream, that the last frame came out. */
  void checkEnd(boolean undamaged) throws FastDecodeException {
    check(undamaged && last == times.count() - 1, "its end");
  }

  private int nextWanted() {
    return wanted.nextSetBit(last + 1);
  }

  private static void check(boolean holds, String what) throws FastDecodeException {
    if (!holds) {
      throw new FastDecodeException("the decoded video is not what its packets say: " + what);
    }
  }
}
