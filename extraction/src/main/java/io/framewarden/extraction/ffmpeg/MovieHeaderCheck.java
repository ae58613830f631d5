package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Looks over the boxes of an .mp4 or .mov, before FFmpeg does, for two things that it reads without
 * a word: frames that are kept in other files (it never opens them, and would decode whatever lies
 * at their places in this one), and a compressed header (it takes the memory that the header asks
 * for). Other containers have no such boxes, and are passed.
 */
final class MovieHeaderCheck {
  /** Boxes that hold boxes, on the way to the references. */
  private static final Set<String> HOLDERS =
      Set.of("moov", "trak", "mdia", "minf", "dinf", "edts", "udta", "mvex", "cmov");

  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;

  /** A reference's size, type, version and flags; what follows names a file. */
  private static final int REFERENCE = 12;

  /** Boxes that are looked at; a real movie has some hundreds. */
  private static final int MOST_BOXES = 100_000;

  /** Boxes within boxes; the references are five deep. */
  private static final int DEEPEST = 16;

  private final FileChannel file;
  private int boxes;

  private MovieHeaderCheck(FileChannel file) {
    this.file = file;
  }

  /**
   * Checks a file.
   *
   * @throws VideoException PLAYLIST where frames are in other files, UNSUPPORTED_CONTAINER for a
   *     compressed header
   */
  static void check(Path path) throws VideoException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      new MovieHeaderCheck(channel).walk(0, channel.size(), 0);
    } catch (IOException e) {
      throw new VideoException(
          FailureReason.SOURCE_MISSING,
          "the file " + path.getFileName() + " cannot be read; check that it is there");
    }
  }

  /** Looks at the boxes between two places; what is no box ends it, as it ends for FFmpeg. */
  private void walk(long from, long to, int depth) throws IOException, VideoException {
    long at = from;
    while (depth < DEEPEST && at + HEADER <= to && boxes++ < MOST_BOXES) {
      ByteBuffer header = read(at, LONG_HEADER);
      long size = Integer.toUnsignedLong(header.getInt(0));
      String type = text(header, Integer.BYTES);
      int head = HEADER;
      if (size == 1) {
        size = header.limit() < LONG_HEADER ? 0 : header.getLong(HEADER);
        head = LONG_HEADER;
      }
      long end = size == 0 ? to : at + size;
      if ((size != 0 && size < head) || end < at) {
        return;
      }
      look(type, at + head, Math.min(end, to), depth);
      at = end;
    }
  }

  private void look(String type, long from, long to, int depth) throws IOException, VideoException {
    if (type.equals("cmov")) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_CONTAINER,
          "the movie's header is compressed, which is not read; convert the video to .mp4");
    }
    if (type.equals("rmra")) {
      throw elsewhere();
    }
    if (type.equals("dref")) {
      references(from + HEADER, to);
    } else if (HOLDERS.contains(type)) {
      walk(from, to, depth + 1);
    }
  }

  /** Each says by a flag that it means this file; those that do not and have a name mean others. */
  private void references(long from, long to) throws IOException, VideoException {
    long at = from;
    while (at + REFERENCE <= to && boxes++ < MOST_BOXES) {
      ByteBuffer entry = read(at, REFERENCE);
      long size = Integer.toUnsignedLong(entry.getInt(0));
      boolean within = (entry.getInt(HEADER) & 1) != 0;
      if (!within && size > REFERENCE) {
        throw elsewhere();
      }
      at += Math.max(size, REFERENCE);
    }
  }

  private static VideoException elsewhere() {
    return new VideoException(
        FailureReason.PLAYLIST,
        "the movie keeps its frames in other files, which are never opened; export it as one"
            + " self-contained file");
  }

  /** So many bytes, fewer at the end; at least {@link #HEADER} of them. */
  private ByteBuffer read(long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) > 0) {
      // until it is full or the file ends
    }
    return buffer.flip();
  }

  private static String text(ByteBuffer from, int at) {
    byte[] characters = new byte[Integer.BYTES];
    from.get(at, characters);
    return new String(characters, StandardCharsets.ISO_8859_1);
  }
}
