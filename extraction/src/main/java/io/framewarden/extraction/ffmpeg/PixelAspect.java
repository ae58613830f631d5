package io.framewarden.extraction.ffmpeg;

import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.v1.FailureReason;

/**
 * The sample aspect ratio: how wide a stored pixel is shown, over how tall. Faces are detected in
 * square pixels, so the axis that is stored more finely is scaled down; nothing is enlarged.
 *
 * @param width at least 1
 * @param height at least 1
 */
record PixelAspect(int width, int height) {
  static final PixelAspect SQUARE = new PixelAspect(1, 1);

  /** Beyond this a header is wrong: DV is within 1.5, anamorphic film within 2. */
  private static final int MAX_RATIO = 4;

  /**
   * As a container or stream says; 0 or less on either side stands for "unknown".
   *
   * @throws VideoException CORRUPT for a ratio that no camera has
   */
  static PixelAspect of(int width, int height) throws VideoException {
    if (width <= 0 || height <= 0 || width == height) {
      return SQUARE;
    }
    if (width > (long) MAX_RATIO * height || height > (long) MAX_RATIO * width) {
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
    return width < height ? scaleDown(stored, width, height) : stored;
  }

  /** The height that stored frames of a height have in square pixels. */
  int heightOf(int stored) {
    return width > height ? scaleDown(stored, height, width) : stored;
  }

  /** The frame in square pixels; {@code frame} itself when it has them already. */
  GrayImage apply(GrayImage frame) {
    return FrameScaler.toSize(frame, widthOf(frame.width()), heightOf(frame.height()));
  }

  private static int scaleDown(int stored, int smaller, int larger) {
    return (int) Math.max(1, ((long) stored * smaller + larger / 2) / larger);
  }
}
