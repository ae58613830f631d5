package io.framewarden.extraction.ffmpeg;

import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.v1.FailureReason;

/**
 * How wide a stored pixel is shown, over how tall: the sample aspect ratio. Faces are looked for in
 * square pixels, so the axis that is stored too finely is reduced; nothing is made up by enlarging.
 *
 * @param width at least 1
 * @param height at least 1
 */
record PixelAspect(int width, int height) {
  static final PixelAspect SQUARE = new PixelAspect(1, 1);

  /** Beyond this a header lies: DV is within 1.5, anamorphic film within 2. */
  private static final int MOST = 4;

  /**
   * As a container or stream says; 0 or less on either side stands for "unknown".
   *
   * @throws VideoException CORRUPT for a ratio that no camera has
   */
  static PixelAspect of(int width, int height) throws VideoException {
    if (width <= 0 || height <= 0 || width == height) {
      return SQUARE;
    }
    if (width > (long) MOST * height || height > (long) MOST * width) {
      throw new VideoException(
          FailureReason.CORRUPT,
          "the file says that its pixels are "
              + width
              + " wide and "
              + height
              + " tall; convert the video to square pixels");
    }
    return new PixelAspect(width, height);
  }

  /** The width that stored frames of a width have in square pixels. */
  int widthOf(int stored) {
    return width < height ? reduced(stored, width, height) : stored;
  }

  /** The height that stored frames of a height have in square pixels. */
  int heightOf(int stored) {
    return width > height ? reduced(stored, height, width) : stored;
  }

  /** The frame in square pixels; {@code frame} itself when it has them already. */
  GrayImage apply(GrayImage frame) {
    return FrameScaler.toSize(frame, widthOf(frame.width()), heightOf(frame.height()));
  }

  private static int reduced(int stored, int less, int more) {
    return (int) Math.max(1, ((long) stored * less + more / 2) / more);
  }
}
