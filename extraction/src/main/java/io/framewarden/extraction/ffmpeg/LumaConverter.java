package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_ALPHA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BAYER;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_XYZ;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.v1.FailureReason;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Converts a decoded frame to full-range gray luma. The luma plane is read as it is, at any depth
 * and any chroma subsampling; RGB and palette frames are weighted into luma. Players show a video
 * without its transparency, and an animated image over a page: a white one here. One thread; it
 * keeps a scratch buffer between frames, but no frame.
 */
final class LumaConverter {
  private static final int WHITE = 255;

  private final boolean overWhite;
  private final PlaneReader planes = new PlaneReader();
  private LumaScale scale = new LumaScale(8, false);
  private long conversions;

  /**
   * @param overWhite whether transparent frames are shown over white, rather than as if they were
   *     opaque
   */
  LumaConverter(boolean overWhite) {
    this.overWhite = overWhite;
  }

  /**
   * Converts one frame.
   *
   * @return gray8, full range, of the frame's stored size
   * @throws VideoException UNSUPPORTED_PIXEL_FORMAT for formats without byte-aligned integer values
   */
  GrayImage convert(AVFrame frame) throws VideoException {
    AVPixFmtDescriptor format = checkSupported(frame);
    conversions++;
    byte[] gray = new byte[Math.multiplyExact(frame.width(), frame.height())];
    if ((format.flags() & AV_PIX_FMT_FLAG_PAL) != 0) {
      palette(frame, gray);
    } else if ((format.flags() & AV_PIX_FMT_FLAG_RGB) != 0) {
      rgb(frame, format, gray);
    } else {
      plane(frame, format, gray);
    }
    if (overWhite
        && (format.flags() & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL))
            == AV_PIX_FMT_FLAG_ALPHA) {
      blend(frame, format, gray);
    }
    return new GrayImage(frame.width(), frame.height(), gray);
  }

  /** Frames converted so far. */
  long conversions() {
    return conversions;
  }

  private void plane(AVFrame frame, AVPixFmtDescriptor format, byte[] gray) {
    AVComponentDescriptor luma = format.comp(0);
    scale(luma.depth(), isFullRange(frame, format));
    int width = frame.width();
    if (luma.depth() == 8 && luma.step() == 1 && luma.shift() == 0) {
      for (int y = 0; y < frame.height(); y++) {
        PlaneReader.row(frame, luma.plane(), y, luma.offset()).get(gray, y * width, width);
      }
      scale.apply(gray);
      return;
    }
    int[] codes = new int[width];
    for (int y = 0; y < frame.height(); y++) {
      planes.readRow(frame, format, luma, y, codes);
      for (int x = 0; x < width; x++) {
        gray[y * width + x] = scale.level(codes[x]);
      }
    }
  }

  /** The frame's pixel format by FFmpeg's name. */
  static String pixelFormat(AVFrame frame) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    return format == null ? "unknown" : format.name().getString();
  }

  /** Checks, without converting it, that a frame has a supported pixel format. */
  static AVPixFmtDescriptor checkSupported(AVFrame frame) throws VideoException {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(frame.format());
    int unsupported =
        AV_PIX_FMT_FLAG_BITSTREAM
            | AV_PIX_FMT_FLAG_HWACCEL
            | AV_PIX_FMT_FLAG_BAYER
            | AV_PIX_FMT_FLAG_FLOAT
            | AV_PIX_FMT_FLAG_XYZ;
    if (format == null || (format.flags() & unsupported) != 0 || format.comp(0).depth() > 16) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_PIXEL_FORMAT,
          "the frames have the pixel format "
              + pixelFormat(frame)
              + ", which is not read; convert the video to 4:2:0 with 8 bits");
    }
    return format;
  }

  /** Whether levels use all codes. */
  static boolean isFullRange(AVFrame frame, AVPixFmtDescriptor format) {
    // Gray without a colour range is what still images and lossless codecs write: full range.
    boolean grayAlone = format.nb_components() <= 2;
    return format.name().getString().startsWith("yuvj")
        || frame.color_range() == AVCOL_RANGE_JPEG
        || (grayAlone && frame.color_range() == 0);
  }

  private LumaScale scale(int depth, boolean fullRange) {
    if (!scale.matches(depth, fullRange)) {
      scale = new LumaScale(depth, fullRange);
    }
    return scale;
  }

  private void rgb(AVFrame frame, AVPixFmtDescriptor format, byte[] gray) {
    boolean bt709 = frame.colorspace() == AVCOL_SPC_BT709;
    int width = frame.width();
    int[] red = new int[width];
    int[] green = new int[width];
    int[] blue = new int[width];
    double[] unit = new double[3];
    for (int part = 0; part < 3; part++) {
      unit[part] = 255.0 / ((1 << format.comp(part).depth()) - 1);
    }
    for (int y = 0; y < frame.height(); y++) {
      planes.readRow(frame, format, format.comp(0), y, red);
      planes.readRow(frame, format, format.comp(1), y, green);
      planes.readRow(frame, format, format.comp(2), y, blue);
      for (int x = 0; x < width; x++) {
        gray[y * width + x] = luma(red[x] * unit[0], green[x] * unit[1], blue[x] * unit[2], bt709);
      }
    }
  }

  private void palette(AVFrame frame, byte[] gray) {
    byte[] entries = new byte[256 * 4];
    frame.data(1).get(entries);
    byte[] levels = new byte[256];
    for (int i = 0; i < levels.length; i++) {
      // A palette entry is a native-endian ARGB word; every supported machine is little-endian.
      int blue = entries[4 * i] & 0xff;
      int green = entries[4 * i + 1] & 0xff;
      int red = entries[4 * i + 2] & 0xff;
      levels[i] = luma(red, green, blue, false);
    }
    int width = frame.width();
    for (int y = 0; y < frame.height(); y++) {
      byte[] indexes = planes.fetch(frame, 0, y, width);
      for (int x = 0; x < width; x++) {
        gray[y * width + x] = levels[indexes[x] & 0xff];
      }
    }
  }

  private void blend(AVFrame frame, AVPixFmtDescriptor format, byte[] gray) {
    AVComponentDescriptor alpha = format.comp(format.nb_components() - 1);
    double opaque = (1 << alpha.depth()) - 1;
    int[] codes = new int[frame.width()];
    for (int y = 0; y < frame.height(); y++) {
      planes.readRow(frame, format, alpha, y, codes);
      for (int x = 0; x < codes.length; x++) {
        int at = y * codes.length + x;
        gray[at] = over(gray[at], codes[x] / opaque);
      }
    }
  }

  private static byte over(byte level, double opacity) {
    return (byte) Math.round((level & 0xff) * opacity + WHITE * (1 - opacity));
  }

  /** BT.601 weights, or BT.709's where the stream names them. */
  private static byte luma(double red, double green, double blue, boolean bt709) {
    double level =
        bt709
            ? 0.2126 * red + 0.7152 * green + 0.0722 * blue
            : 0.299 * red + 0.587 * green + 0.114 * blue;
    return (byte) Math.min(255, Math.round(level));
  }
}
