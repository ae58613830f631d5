package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.GrayImage;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;

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
   * @param told {@link #told}
   * @throws VideoException CORRUPT for an aspect ratio that no camera has
   */
  static FrameShape of(Demuxer source, AVFrame frame, Orientation told) throws VideoException {
    Orientation orientation = told == null ? orientation(source) : told;
    return new FrameShape(orientation, source.pixelAspect(frame));
  }

  /**
   * The orientation that frames tell of themselves, as H.264 does: it holds until the next key
   * frame.
   *
   * @param before what held before this frame; null for nothing
   * @return null where nothing holds
   */
  static Orientation told(AVFrame frame, Orientation before) {
    AVFrameSideData own = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (own != null && own.size() >= Orientation.MATRIX_LENGTH * Integer.BYTES) {
      return orientation(new IntPointer(own.data()));
    }
    return (frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0 ? null : before;
  }

  /** The upright frame in square pixels. */
  GrayImage apply(GrayImage stored) {
    return orientation.apply(aspect.apply(stored));
  }

  /** The colour of the upright frame in square pixels. */
  Chroma apply(Chroma stored) {
    return new Chroma(
        apply(stored.blue()), apply(stored.red()), stored.subsampling(), stored.matrix());
  }

  /** The upright width of a stored frame, in square pixels. */
  int widthOf(int width, int height) {
    return orientation.transposed() ? aspect.heightOf(height) : aspect.widthOf(width);
  }

  /** The upright height of a stored frame, in square pixels. */
  int heightOf(int width, int height) {
    return orientation.transposed() ? aspect.widthOf(width) : aspect.heightOf(height);
  }

  /** How the container says that the stream's frames are rotated. */
  private static Orientation orientation(Demuxer source) {
    AVPacketSideData side =
        av_packet_side_data_get(
            source.parameters().coded_side_data(),
            source.parameters().nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    if (side == null || side.size() < Orientation.MATRIX_LENGTH * Integer.BYTES) {
      return Orientation.UPRIGHT;
    }
    return orientation(new IntPointer(side.data()));
  }

  private static Orientation orientation(IntPointer displayMatrix) {
    int[] matrix = new int[Orientation.MATRIX_LENGTH];
    displayMatrix.get(matrix);
    return Orientation.of(matrix);
  }
}
