package io.framewarden.extraction.ffmpeg;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the blocks of a GIF without its pixels, as browsers do. Used once. */
final class GifBlocks {
  private static final int SIGNATURE_BYTES = 6;
  private static final int SCREEN_BYTES = 7;
  private static final int DESCRIPTOR_BYTES = 9;

  /** Where a screen and an image say whether a colour table follows. */
  private static final int SCREEN_FLAGS = 4;

  private static final int DESCRIPTOR_FLAGS = 8;

  private static final int PADDING = 0;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int GRAPHIC_CONTROL = 0xf9;

  private final DataInputStream in;
  private int images;
  private boolean timed;
  private boolean cut;

  /**
   * @param in at the signature
   */
  GifBlocks(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** Reads on until so many images have begun, or to the end of what is a GIF. */
  GifBlocks read(int most) throws IOException {
    try {
      in.skipNBytes(SIGNATURE_BYTES);
      skipTable(SCREEN_BYTES, SCREEN_FLAGS);
      while (images < most && skipBlock()) {
        // its images are counted
      }
    } catch (EOFException e) {
      cut = true;
    }
    return this;
  }

  /** How many images have begun. */
  int images() {
    return images;
  }

  /** Whether the first image, and so every one of an animation, has a time of its own. */
  boolean isTimed() {
    return timed;
  }

  /** Whether the data ended before the GIF did. */
  boolean isCut() {
    return cut;
  }

  /** Skips one block; false at the trailer and at what no browser reads. */
  private boolean skipBlock() throws IOException {
    int kind = in.readUnsignedByte();
    if (kind == PADDING) {
      return true;
    }
    if (kind != IMAGE && kind != EXTENSION) {
      return false;
    }
    if (kind == IMAGE) {
      images++;
      skipTable(DESCRIPTOR_BYTES, DESCRIPTOR_FLAGS);
    }
    int label = in.readUnsignedByte(); // or the size of an image's codes
    timed |= images == 0 && kind == EXTENSION && label == GRAPHIC_CONTROL;
    for (int size = in.readUnsignedByte(); size > 0; size = in.readUnsignedByte()) {
      in.skipNBytes(size);
    }
    return true;
  }

  /** Skips a header and the colour table that it may announce. */
  private void skipTable(int headerBytes, int flagsAt) throws IOException {
    byte[] header = new byte[headerBytes];
    in.readFully(header);
    int flags = header[flagsAt];
    if ((flags & 0x80) != 0) {
      in.skipNBytes(3L << ((flags & 7) + 1));
    }
  }
}
