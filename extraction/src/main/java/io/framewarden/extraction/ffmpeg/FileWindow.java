package io.framewarden.extraction.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Big-endian numbers at any place of a file, through a small buffer, for headers that are walked
 * mostly forwards. Does not own the channel. One thread.
 */
final class FileWindow {
  private static final int BYTES = 1 << 12;

  private final FileChannel file;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(BYTES).limit(0);
  private long start;

  FileWindow(FileChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** The file's size in bytes, as it was when the window was made. */
  long size() {
    return size;
  }

  /** Whether the file has so many bytes at a place. */
  boolean has(long at, int bytes) throws IOException {
    return at >= 0 && at <= size - bytes && index(at, bytes) >= 0;
  }

  /** The 32-bit number at a place; {@link #has} must hold. */
  int int32(long at) throws IOException {
    return window.getInt(index(at, Integer.BYTES));
  }

  /** The 64-bit number at a place; {@link #has} must hold. */
  long int64(long at) throws IOException {
    return window.getLong(index(at, Long.BYTES));
  }

  /** The four characters at a place; {@link #has} must hold. */
  String type(long at) throws IOException {
    byte[] characters = new byte[Integer.BYTES];
    window.get(index(at, Integer.BYTES), characters);
    return new String(characters, StandardCharsets.ISO_8859_1);
  }

  /** Where in the window a place is, which is read if need be; negative when the file ends. */
  private int index(long at, int bytes) throws IOException {
    if (at < start || at + bytes > start + window.limit()) {
      window.clear();
      while (window.hasRemaining() && file.read(window, at + window.position()) > 0) {
        // until it is full or the file ends
      }
      window.flip();
      start = at;
    }
    return at + bytes <= start + window.limit() ? (int) (at - start) : -1;
  }
}
