package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.Chroma.Matrix;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Converts a decoded frame to the colour beside its luma ({@link LumaConverter}), by the same
 * rules: the matrix that the frame names, else that of BT.601; full range; transparent animated
 * images over white. The colour planes of a video stay as small as they are, RGB gives planes of
 * the frame's size. HDR is not mapped to another range. One thread.
 */
final class ChromaConverter {
  private static final Chroma GRAY =
      new Chroma(neutral(), neutral(), 1, Matrix.BT601); // repeated over the whole frame

  private final boolean overWhite;
  private final PlaneReader planes = new PlaneReader();

  /**
   * @param overWhite as of {@link LumaConverter}
   */
  ChromaConverter(boolean overWhite) {
    this.overWhite = overWhite;
  }

  /**
   * Converts one frame, as it is stored.
   *
   * @throws VideoException UNSUPPORTED_PIXEL_FORMAT for formats without byte-aligned integer values
   */
  Chroma convert(AVFrame frame) throws VideoException {
    AVPixFmtDescriptor format = LumaConverter.checkSupported(frame);
    long alpha = format.flags() & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL);
    boolean isRgb = (format.flags() & (AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_RGB)) != 0;
    if (!isRgb && format.nb_components() < 3) {
      return GRAY;
    }
    Chroma opaque = isRgb ? rgb(frame, format) : planes(frame, format);
    return overWhite && alpha == AV_PIX_FMT_FLAG_ALPHA ? blend(frame, format, opaque) : opaque;
  }

  private Chroma planes(AVFrame frame, AVPixFmtDescriptor format) {
    int wide = format.log2_chroma_w();
    int high = format.log2_chroma_h();
    int coarser = Math.max(wide, high);
    boolean fullRange = LumaConverter.isFullRange(frame, format);
    GrayImage[] parts = new GrayImage[2];
    for (int part = 0; part < 2; part++) {
      byte[] levels = levels(format.comp(1 + part).depth(), fullRange);
      // A similarity transform needs both directions alike.
      parts[part] =
          FrameScaler.toSize(
              plane(frame, format, 1 + part, wide, high, levels),
              halved(frame.width(), coarser),
              halved(frame.height(), coarser));
    }
    return new Chroma(parts[0], parts[1], 1 << coarser, matrix(frame));
  }

  /** Levels by code: full range {@code 2^depth - 1} steps, limited range {@code 224 s}. */
  private static byte[] levels(int depth, boolean fullRange) {
    double middle = 1 << (depth - 1);
    double unit = 255.0 / (fullRange ? (1 << depth) - 1 : Math.scalb(224.0, depth - 8));
    byte[] levels = new byte[1 << depth];
    for (int code = 0; code < levels.length; code++) {
      levels[code] = Chroma.level(Chroma.NEUTRAL + (code - middle) * unit);
    }
    return levels;
  }

  /** One component of a frame, halved so many times in each direction. */
  private GrayImage plane(
      AVFrame frame, AVPixFmtDescriptor format, int part, int wide, int high, byte[] levels) {
    int width = halved(frame.width(), wide);
    int height = halved(frame.height(), high);
    byte[] result = new byte[width * height];
    int[] codes = new int[width];
    for (int y = 0; y < height; y++) {
      planes.readRow(frame, format, format.comp(part), y, codes);
      for (int x = 0; x < width; x++) {
        result[y * width + x] = levels[codes[x]];
      }
    }
    return new GrayImage(width, height, result);
  }

  /** Of RGB and of palettes, at the frame's size. */
  private Chroma rgb(AVFrame frame, AVPixFmtDescriptor format) {
    boolean bt709 = (format.flags() & AV_PIX_FMT_FLAG_PAL) == 0 && isBt709(frame);
    Matrix matrix = bt709 ? Matrix.BT709 : Matrix.BT601;
    byte[] blue = new byte[frame.width() * frame.height()];
    byte[] red = new byte[blue.length];
    double[][] row = new double[3][frame.width()];
    for (int y = 0; y < frame.height(); y++) {
      planes.readColours(frame, format, y, row);
      for (int x = 0; x < frame.width(); x++) {
        int at = y * frame.width() + x;
        blue[at] =
            Chroma.level(Chroma.NEUTRAL + matrix.blueDifference(row[0][x], row[1][x], row[2][x]));
        red[at] =
            Chroma.level(Chroma.NEUTRAL + matrix.redDifference(row[0][x], row[1][x], row[2][x]));
      }
    }
    return new Chroma(
        new GrayImage(frame.width(), frame.height(), blue),
        new GrayImage(frame.width(), frame.height(), red),
        1,
        matrix);
  }

  /** The same over a page without colour. */
  private Chroma blend(AVFrame frame, AVPixFmtDescriptor format, Chroma opaque) {
    int alpha = format.nb_components() - 1;
    byte[] levels = new byte[1 << format.comp(alpha).depth()];
    for (int code = 0; code < levels.length; code++) {
      levels[code] = Chroma.level(code * 255.0 / (levels.length - 1));
    }
    GrayImage opacity =
        FrameScaler.toSize(
            plane(frame, format, alpha, 0, 0, levels),
            opaque.blue().width(),
            opaque.blue().height());
    return opaque.faded(opacity);
  }

  private static Matrix matrix(AVFrame frame) {
    int named = frame.colorspace();
    if (named == AVCOL_SPC_BT2020_NCL || named == AVCOL_SPC_BT2020_CL) {
      return Matrix.BT2020;
    }
    return isBt709(frame) ? Matrix.BT709 : Matrix.BT601;
  }

  private static boolean isBt709(AVFrame frame) {
    return frame.colorspace() == AVCOL_SPC_BT709;
  }

  /** A side that is halved so many times, rounded up. */
  private static int halved(int side, int times) {
    return -(-side >> times);
  }

  private static GrayImage neutral() {
    return new GrayImage(1, 1, new byte[] {(byte) Chroma.NEUTRAL});
  }
}
