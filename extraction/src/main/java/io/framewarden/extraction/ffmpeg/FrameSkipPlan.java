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
 * Which frames need not be decoded for the wanted ones to come out as they are: those that no other
 * needs, or all but key frames where only such are wanted. Whatever shows that the video is not as
 * its packets said ends the plan, and the video is decoded plainly. One reading, one thread.
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
   * @return empty where too many are wanted for anything to be gained
   */
  public static Optional<FrameSkipPlan> of(FrameTimestamps times, BitSet wanted) {
    if (wanted.cardinality() * 2 > times.count()) {
      return Optional.empty();
    }
    return Optional.of(new FrameSkipPlan(times, (BitSet) wanted.clone()));
  }

  /** What the decoder may leave out of the packet of a time: one of FFmpeg's AVDISCARD values. */
  int mayLeaveOut(long tick) throws FastDecodeException {
    int frame = times.indexOf(tick);
    if (frame < 0) {
      throw new FastDecodeException("the packets are others than they were");
    }
    // The last one tells where the video ends.
    boolean needed = wanted.get(frame) || frame == times.count() - 1;
    return needed ? AVDISCARD_DEFAULT : keyFramesOnly ? AVDISCARD_NONKEY : AVDISCARD_NONREF;
  }

  /** The index among all frames, left out or not, of one that came out of the decoder. */
  long index(AVFrame frame, AVCodecContext decoder) throws FastDecodeException {
    int index = times.indexOf(frame.pts());
    check(index > last && frame.best_effort_timestamp() == frame.pts(), "order");
    int odd = AVFrame.AV_FRAME_FLAG_INTERLACED | AVFrame.AV_FRAME_FLAG_CORRUPT;
    check((frame.flags() & odd) == 0 && frame.decode_error_flags() == 0, "fields, or damage");
    // With less, a decoder that gets all frames would give the first ones in another order.
    check(decoder.has_b_frames() >= times.delay(), "delay");
    check(nextWanted() < 0 || nextWanted() >= index, "a wanted frame");
    if (keyFramesOnly && wanted.get(index)) {
      boolean alone =
          (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0
              && frame.pict_type() == AV_PICTURE_TYPE_I;
      check(alone, "key frames");
    }
    last = index;
    return index;
  }

  /** The time of a frame among all, in microseconds. */
  long us(long index) {
    return times.us((int) index);
  }

  /** Nothing more comes out. */
  void end(boolean undamaged) throws FastDecodeException {
    check(undamaged && last == times.count() - 1, "the end");
  }

  private int nextWanted() {
    return wanted.nextSetBit(last + 1);
  }

  private static void check(boolean holds, String what) throws FastDecodeException {
    if (!holds) {
      throw new FastDecodeException("decoded, the video is not what its packets say: " + what);
    }
  }
}
