package io.framewarden.extraction.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Counts the frames of a stream that show damage. The decoder marks a frame of which it concealed a
 * part; frames after it are made from it until the next key frame. One stream, one thread.
 */
final class StreamDamage {
  private static final int DAMAGED = AVFrame.AV_FRAME_FLAG_CORRUPT;
  private static final int KEY = AVFrame.AV_FRAME_FLAG_KEY;

  private long damagedFrames;
  private long undecodablePackets;
  private boolean damaged;
  private boolean started;
  private boolean startsAtKey;

  /**
   * Counts the next frame.
   *
   * @param undecodable packets that could not be decoded so far
   */
  void add(AVFrame frame, long undecodable) {
    boolean key = (frame.flags() & KEY) != 0;
    if (!started) {
      started = true;
      startsAtKey = key;
      // What was lost before the first frame is no part of it.
      undecodablePackets = undecodable;
      damaged = !key;
    }
    boolean marked = (frame.flags() & DAMAGED) != 0 || frame.decode_error_flags() != 0;
    boolean lost = undecodable > undecodablePackets;
    undecodablePackets = undecodable;
    damaged = marked || (!key && (damaged || lost));
    damagedFrames += damaged ? 1 : 0;
  }

  /** Frames that show damage so far. */
  long frames() {
    return damagedFrames;
  }

  /** Whether the first frame was a key frame, so that frames before it are missing. */
  boolean startsAtKey() {
    return startsAtKey;
  }
}
