package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;

import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;

/**
 * Reads rows of a decoded frame's components as integers, at any depth and packing. One thread; it
 * keeps a scratch buffer between rows.
 */
final class PlaneReader {
  private byte[] scratch = new byte[0];

  /**
   * Reads one row of one component as plain codes.
   *
   * @param codes as many as are wanted from the row's beginning
   */
  void readRow(
      AVFrame frame, AVPixFmtDescriptor format, AVComponentDescriptor part, int y, int[] codes) {
    int step = part.step();
    int offset = part.offset();
    int depth = part.depth();
    int shift = part.shift();
    boolean wide = depth + shift > 8;
    fetch(frame, part.plane(), y, (codes.length - 1) * step + offset + (wide ? 2 : 1));
    int mask = (1 << depth) - 1;
    int high = (format.flags() & AV_PIX_FMT_FLAG_BE) != 0 ? 0 : 1;
    for (int x = 0; x < codes.length; x++) {
      int at = x * step + offset;
      int word =
          wide
              ? (scratch[at + high] & 0xff) << 8 | (scratch[at + 1 - high] & 0xff)
              : scratch[at] & 0xff;
      codes[x] = word >> shift & mask;
    }
  }

  /**
   * Reads one row of an RGB or palette frame.
   *
   * @param row gets red, green and blue, 0 to 255, each of the frame's width
   */
  void readColours(AVFrame frame, AVPixFmtDescriptor format, int y, double[][] row) {
    int width = frame.width();
    if ((format.flags() & AV_PIX_FMT_FLAG_PAL) != 0) {
      byte[] entries = new byte[256 * 4];
      frame.data(1).get(entries);
      byte[] indexes = fetch(frame, 0, y, width);
      for (int x = 0; x < width; x++) {
        for (int part = 0; part < 3; part++) {
          // An entry is a native-endian ARGB word; every supported machine is little-endian.
          row[part][x] = entries[4 * (indexes[x] & 0xff) + 2 - part] & 0xff;
        }
      }
      return;
    }
    int[] codes = new int[width];
    for (int part = 0; part < 3; part++) {
      double unit = 255.0 / ((1 << format.comp(part).depth()) - 1);
      readRow(frame, format, format.comp(part), y, codes);
      for (int x = 0; x < width; x++) {
        row[part][x] = codes[x] * unit;
      }
    }
  }

  /** The first bytes of a row, valid until the next call. */
  byte[] fetch(AVFrame frame, int plane, int y, int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    row(frame, plane, y, 0).get(scratch, 0, bytes);
    return scratch;
  }

  /** Where a row begins, in the frame's memory. */
  static BytePointer row(AVFrame frame, int plane, int y, int offset) {
    return frame.data(plane).getPointer((long) y * frame.linesize(plane) + offset);
  }
}
