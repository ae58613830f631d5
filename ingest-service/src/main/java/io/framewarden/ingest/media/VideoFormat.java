package io.framewarden.ingest.media;

/**
 * How a made video is written. The container follows from the file's ending.
 *
 * @param encoder FFmpeg's name of the encoder
 * @param pixelFormat FFmpeg's name of the pixel format
 * @param fullRange whether the stream says that luma uses 0..255 rather than 16..235
 * @param rotation degrees clockwise by which a player must turn the picture: 0, 90, 180 or 270
 * @param ticksPerSecond the time base; MPEG-4 allows at most 65535
 */
public record VideoFormat(
    String encoder, String pixelFormat, boolean fullRange, int rotation, int ticksPerSecond) {
  private static final int TICKS = 30_000;

  /** MPEG-4 part 2, 4:2:0, limited range: small, quick and always built in. */
  public static VideoFormat mpeg4() {
    return new VideoFormat("mpeg4", "yuv420p", false, 0, TICKS);
  }

  /** FFV1 keeps every luma code as it was written; for .mkv, .avi and .mov. */
  public static VideoFormat lossless(String pixelFormat, boolean fullRange) {
    return new VideoFormat("ffv1", pixelFormat, fullRange, 0, TICKS);
  }

  public VideoFormat withEncoder(String name, String pixels) {
    return new VideoFormat(name, pixels, fullRange, rotation, ticksPerSecond);
  }

  public VideoFormat rotated(int degreesClockwise) {
    return new VideoFormat(encoder, pixelFormat, fullRange, degreesClockwise, ticksPerSecond);
  }

  /** For containers of a constant frame rate, such as .avi. */
  public VideoFormat ticking(int perSecond) {
    return new VideoFormat(encoder, pixelFormat, fullRange, rotation, perSecond);
  }
}
