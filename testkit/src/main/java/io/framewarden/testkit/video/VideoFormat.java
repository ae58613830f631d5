package io.framewarden.testkit.video;

/**
 * How a made video is written. The container follows from the file's ending.
 *
 * @param encoder FFmpeg's name of the encoder
 * @param pixelFormat FFmpeg's name of the pixel format
 * @param fullRange whether the stream says that luma uses 0..255 rather than 16..235
 * @param ticksPerSecond the time base; MPEG-4 allows at most 65535
 * @param betweenFrames B frames between two others, which no frame needs
 * @param shape what a player must do to a frame before it shows it
 */
public record VideoFormat(
    String encoder,
    String pixelFormat,
    boolean fullRange,
    int ticksPerSecond,
    int betweenFrames,
    Shape shape) {
  private static final int TICKS = 30_000;

  /**
   * How frames are to be shown.
   *
   * @param rotation degrees clockwise by which a player must turn the frame: 0, 90, 180 or 270
   * @param mirrored whether a player must mirror the frame, left to right, after turning it
   * @param pixelWidth of the pixels' aspect ratio
   * @param pixelHeight of the pixels' aspect ratio
   */
  public record Shape(int rotation, boolean mirrored, int pixelWidth, int pixelHeight) {}

  /** With square pixels; each frame stands on the ones before it. */
  public VideoFormat(
      String encoder, String pixelFormat, boolean fullRange, int rotation, int ticksPerSecond) {
    this(encoder, pixelFormat, fullRange, ticksPerSecond, 0, new Shape(rotation, false, 1, 1));
  }

  /** MPEG-4 part 2, 4:2:0, limited range: small, quick and always built in. */
  public static VideoFormat mpeg4() {
    return new VideoFormat("mpeg4", "yuv420p", false, 0, TICKS);
  }

  /** FFV1 keeps every luma code as it was written; for .mkv, .avi and .mov. */
  public static VideoFormat lossless(String pixelFormat, boolean fullRange) {
    return new VideoFormat("ffv1", pixelFormat, fullRange, 0, TICKS);
  }

  public VideoFormat withEncoder(String name, String pixels) {
    return new VideoFormat(name, pixels, fullRange, ticksPerSecond, betweenFrames, shape);
  }

  public VideoFormat rotated(int degreesClockwise) {
    return shaped(new Shape(degreesClockwise, shape.mirrored, shape.pixelWidth, shape.pixelHeight));
  }

  /** Mirrored left to right, after it is turned. */
  public VideoFormat withMirror() {
    return shaped(new Shape(shape.rotation, true, shape.pixelWidth, shape.pixelHeight));
  }

  /** With pixels that are not square. */
  public VideoFormat withPixels(int wide, int tall) {
    return shaped(new Shape(shape.rotation, shape.mirrored, wide, tall));
  }

  /** For containers of a constant frame rate, such as .avi. */
  public VideoFormat ticking(int perSecond) {
    return new VideoFormat(encoder, pixelFormat, fullRange, perSecond, betweenFrames, shape);
  }

  /** With so many B frames between two others, for encoders that have them. */
  public VideoFormat between(int frames) {
    return new VideoFormat(encoder, pixelFormat, fullRange, ticksPerSecond, frames, shape);
  }

  private VideoFormat shaped(Shape other) {
    return new VideoFormat(encoder, pixelFormat, fullRange, ticksPerSecond, betweenFrames, other);
  }
}
