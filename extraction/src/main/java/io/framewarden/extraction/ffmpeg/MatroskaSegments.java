package io.framewarden.extraction.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the segments of a Matroska file: one, unless files were appended to it. FFmpeg reads on
 * into the second one and passes over those after it. Stateless.
 */
final class MatroskaSegments {
  private static final long SEGMENT = 0x18538067L;
  private static final int MAX_HEADER = 12;

  /** More elements than this at the top level are not worth reading. */
  private static final int MAX_ELEMENTS = 1000;

  private static final int READ_BY_FFMPEG = 2;

  private MatroskaSegments() {}

  /** Whether the file has segments that FFmpeg passes over. */
  static boolean hasUnread(Path file) throws VideoException {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      int segments = 0;
      long at = 0;
      for (int i = 0; i < MAX_ELEMENTS && at < in.size(); i++) {
        ByteBuffer header = ByteBuffer.allocate(MAX_HEADER);
        in.position(at).read(header);
        header.flip();
        long id = number(header, false);
        long size = number(header, true);
        segments += id == SEGMENT ? 1 : 0;
        if (id < 0 || size < 0 || size > in.size() - at) {
          break;
        }
        at += header.position() + size;
      }
      return segments > READ_BY_FFMPEG;
    } catch (IOException e) {
      throw VideoException.unreadable(file);
    }
  }

  /**
   * An EBML number of variable length.
   *
   * @param withoutMarker whether the bit that tells the length is no part of it
   * @return negative where there is none, or it stands for an unknown size
   */
  private static long number(ByteBuffer in, boolean withoutMarker) {
    if (!in.hasRemaining()) {
      return -1;
    }
    int first = in.get() & 0xff;
    int length = Integer.numberOfLeadingZeros(first) - 23;
    if (length > 8 || in.remaining() < length - 1) {
      return -1;
    }
    long value = withoutMarker ? first & (0xff >> length) : first;
    for (int i = 1; i < length; i++) {
      value = value << 8 | (in.get() & 0xff);
    }
    boolean unknown = withoutMarker && value == (1L << 7 * length) - 1;
    return unknown ? -1 : value;
  }
}
