package io.framewarden.testkit.video;

/**
 * How a synthetic video is encoded. The container follows from the file's extension.
 *
 * @param encoder FFmpeg's name of the encoder
 * @param pixelFormat FFmpeg's name of the pixel format
 * @param fullRange whether the stream says that luma uses 0..255 rather than 16..235
 * @param ticksPerSecond the time base; MPEG-4 allows at most 65535
 * @param bFrames B frames between two others, which no frame references
 * @param shape how a player shows the frames
 */
public record VideoFormat(
    String encoder,
    String pixelFormat,
    boolean fullRange,
    int ticksPerSecond,
    int bFrames,
    Shape shape) {
  private static final int TICKS = 30_000;

  /**
   * How frames are to be shown.
   *
   * @param rotation degrees clockwise by which a player must rotate the frame: 0, 90, 180 or 270
   * @param mirrored whether a player must mirror the frame, left to right, after rotating it
   * @param pixelWidth of the pixels' aspect ratio
   * @param pixelHeight of the pixels' aspect ratio
   */
  public record Shape(int rotation, boolean mirrored, int pixelWidth, int pixelHeight) {}

  /** Upright, with square pixels and no B frames. */
  public VideoFormat(String encoder, String pixelFormat, boolean fullRange, int ticksPerSecond) {
    this(encoder, pixelFormat, fullRange, ticksPerSecond, 0, new Shape(0, false, 1, 1));
  }

  /** MPEG-4 part 2, 4:2:0, limited range: small, fast and in every build of FFmpeg. */
  public static VideoFormat mpeg4() {
    return new VideoFormat("mpeg4", "yuv420p", false, TICKS);
  }

  /** FFV1 keeps every luma code as it was written; for .mkv, .avi and .mov. */
  public static VideoFormat lossless(String pixelFormat, boolean fullRange) {
    return new VideoFormat("ffv1", pixelFormat, fullRange, TICKS);
  }

  /** Encoded by another encoder from another pixel format, both by FFmpeg's names. */
  public VideoFormat withEncoder(String name, String pixels) {
    return new VideoFormat(name, pixels, fullRange, ticksPerSecond, bFrames, shape);
  }

  /** Rotated by so many degrees: 0, 90, 180 or 270. */
  public VideoFormat withRotation(int degreesClockwise) {
    return withShape(
        new Shape(degreesClockwise, shape.mirrored, shape.pixelWidth, shape.pixelHeight));
  }

  /** Mirrored left to right, after the rotation. */
  public VideoFormat withMirror() {
    return withShape(new Shape(shape.rotation, true, shape.pixelWidth, shape.pixelHeight));
  }

  /** With pixels that are not square. */
  public VideoFormat withPixels(int wide, int tall) {
    return withShape(new Shape(shape.rotation, shape.mirrored, wide, tall));
  }

  /** For containers of a constant frame rate, such as .avi. */
  public VideoFormat withTicksPerSecond(int ticks) {
    return new VideoFormat(encoder, pixelFormat, fullRange, ticks, bFrames, shape);
  }

  /** With so many B frames between two others, for encoders that support them. */
  public VideoFormat withBFrames(int frames) {
    return new VideoFormat(encoder, pixelFormat, fullRange, ticksPerSecond, frames, shape);
  }

  private VideoFormat withShape(Shape other) {
    return new VideoFormat(encoder, pixelFormat, fullRange, ticksPerSecond, bFrames, other);
  }
}
