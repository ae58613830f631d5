package io.framewarden.extraction.ffmpeg;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the chunks of a PNG without its pixels. Used once. */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int HEADER = 0x49484452; // IHDR
  private static final int HEADER_BYTES = 13;
  private static final long MAX_SIDE = Integer.MAX_VALUE;
  private static final int ANIMATION = 0x6163544c; // acTL
  private static final int IMAGE = 0x49444154; // IDAT
  private static final int NEXT_IMAGE = 0x66644154; // fdAT
  private static final int END = 0x49454e44; // IEND
  private static final int PROFILE = 0x69434350; // iCCP
  private static final int TEXT = 0x7a545874; // zTXt
  private static final int PIECE = 1 << 16;

  private final DataInputStream in;
  private final byte[] inflated = new byte[PIECE];
  private boolean begun;
  private long width;
  private long height;
  private boolean oneBitGray;
  private long frames = 1;
  private long otherBytes;
  private boolean cut;

  /**
   * @param in at the signature
   */
  PngChunks(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** Reads on to the first image: what says that there are more comes before it. */
  PngChunks readHeader() throws IOException {
    return read(IMAGE, Long.MAX_VALUE);
  }

  /**
   * Reads on to the end.
   *
   * @param mostOtherBytes reads no further than to so many bytes that are no frames
   */
  PngChunks readAll(long mostOtherBytes) throws IOException {
    return read(END, mostOtherBytes);
  }

  private PngChunks read(int last, long mostOtherBytes) throws IOException {
    try {
      in.skipNBytes(SIGNATURE_BYTES);
      while (readChunk(last, mostOtherBytes) && otherBytes <= mostOtherBytes) {
        // what it says is noted
      }
    } catch (EOFException e) {
      cut = true;
    }
    return this;
  }

  long width() {
    return width;
  }

  long height() {
    return height;
  }

  /** Whether pixels are black or white, without a palette. */
  boolean isOneBitGray() {
    return oneBitGray;
  }

  /** How many frames the animation says that it has; 1 for what is none. */
  long frames() {
    return frames;
  }

  /** How many bytes are no frames: texts and colour profiles as they are when decompressed. */
  long otherBytes() {
    return otherBytes;
  }

  /** Whether the data ended before the PNG did, or before its first image. */
  boolean isCut() {
    return cut;
  }

  private boolean readChunk(int last, long mostOtherBytes) throws IOException {
    long left = Integer.toUnsignedLong(in.readInt());
    int type = in.readInt();
    begun |= type == IMAGE;
    if (type == last || type == END) {
      return false;
    }
    if (type == HEADER && left == HEADER_BYTES) {
      width = in.readInt() & MAX_SIDE;
      height = in.readInt() & MAX_SIDE;
      oneBitGray = in.readUnsignedByte() == 1 && in.readUnsignedByte() == 0;
      in.skipNBytes(oneBitGray ? 3 : 4);
      left = 0;
    } else if (type == ANIMATION && !begun && left >= Integer.BYTES) {
      frames = Integer.toUnsignedLong(in.readInt());
      left -= Integer.BYTES;
    } else if (type != IMAGE && type != NEXT_IMAGE) {
      otherBytes += left;
      if (last == END && (type == TEXT || type == PROFILE)) {
        left = inflate(left, mostOtherBytes);
      }
    }
    in.skipNBytes(left + CHECKSUM_BYTES);
    return true;
  }

  /** Counts what a chunk's data become; returns how much of the chunk is left. */
  private long inflate(long size, long mostOtherBytes) throws IOException {
    long left = size;
    boolean named = false;
    while (left > 0 && !named) {
      named = in.readByte() == 0;
      left--;
    }
    if (left > 0) {
      in.skipNBytes(1); // the method: there is one
      left--;
    }
    Inflater inflater = new Inflater();
    try {
      while (left > 0 && !inflater.finished() && otherBytes <= mostOtherBytes) {
        byte[] piece = new byte[(int) Math.min(left, PIECE)];
        in.readFully(piece);
        left -= piece.length;
        inflater.setInput(piece);
        int more = inflater.inflate(inflated);
        while (more > 0 && otherBytes <= mostOtherBytes) {
          otherBytes += more;
          more = inflater.inflate(inflated);
        }
      }
    } catch (DataFormatException e) {
      return left; // FFmpeg stops there, too
    } finally {
      inflater.end();
    }
    return left;
  }
}
