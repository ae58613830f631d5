package io.framewarden.extraction.ffmpeg;

import io.framewarden.extraction.face.GrayImage;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * How a stored frame is shown: both can change in the middle of a stream.
 *
 * @param orientation how it is made upright
 * @param aspect how wide its pixels are shown, over how tall
 */
record FrameShape(Orientation orientation, PixelAspect aspect) {
  /**
   * The shape of one frame.
   *
   * @throws VideoException CORRUPT for an aspect ratio that no camera has
   */
  static FrameShape of(Demuxer source, AVFrame frame) throws VideoException {
    return new FrameShape(source.orientation(frame), source.pixelAspect(frame));
  }

  /** The upright frame in square pixels. */
  GrayImage apply(GrayImage stored) {
    return orientation.apply(aspect.apply(stored));
  }

  /** The upright width of a stored frame, in square pixels. */
  int widthOf(int width, int height) {
    return orientation.transposed() ? aspect.heightOf(height) : aspect.widthOf(width);
  }

  /** The upright height of a stored frame, in square pixels. */
  int heightOf(int width, int height) {
    return orientation.transposed() ? aspect.widthOf(width) : aspect.heightOf(height);
  }
}
