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
 * Scans the boxes of an .mp4 or .mov, before FFmpeg does, for two things that FFmpeg accepts in
 * silence: frames that are kept in other files (it never opens them, and would decode whatever lies
 * at their offsets in this one), and a compressed header (it allocates the memory that the header
 * asks for). Other containers have no such boxes, and pass. One file, one thread.
 */
final class MovieHeaderCheck {
  /** Boxes that hold boxes, on the way to the references. */
  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "mdia", "minf", "dinf", "edts", "udta", "mvex", "cmov");

  private static final int HEADER_BYTES = 8;
  private static final int LONG_HEADER_BYTES = 16;

  /** A reference's size, type, version and flags; the name of a file follows. */
  private static final int REFERENCE_BYTES = 12;

  /** Boxes that are read; a real movie has some hundreds. */
  private static final int MAX_BOXES = 100_000;

  /** Boxes within boxes; the references are five deep. */
  private static final int MAX_DEPTH = 16;

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
      throw VideoException.unreadable(path);
    }
  }

  /** Reads the boxes between two offsets; what is no box ends the walk, as it does in FFmpeg. */
  private void walk(long from, long to, int depth) throws IOException, VideoException {
    long at = from;
    while (depth < MAX_DEPTH && at + HEADER_BYTES <= to && boxes++ < MAX_BOXES) {
      ByteBuffer header = read(at, LONG_HEADER_BYTES);
      long size = Integer.toUnsignedLong(header.getInt(0));
      String type = text(header, Integer.BYTES);
      int head = HEADER_BYTES;
      if (size == 1) {
        size = header.limit() < LONG_HEADER_BYTES ? 0 : header.getLong(HEADER_BYTES);
        head = LONG_HEADER_BYTES;
      }
      long end = size == 0 ? to : at + size;
      if ((size != 0 && size < head) || end < at) {
        return;
      }
      inspect(type, at + head, Math.min(end, to), depth);
      at = end;
    }
  }

  private void inspect(String type, long from, long to, int depth)
      throws IOException, VideoException {
    if (type.equals("cmov")) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_CONTAINER,
          "the movie's header is compressed, which is not read; convert the video to .mp4");
    }
    if (type.equals("rmra")) {
      throw externalFrames();
    }
    if (type.equals("dref")) {
      checkReferences(from + HEADER_BYTES, to);
    } else if (CONTAINERS.contains(type)) {
      walk(from, to, depth + 1);
    }
  }

  /** A flag says that a reference means this file; one without it and with a name means another. */
  private void checkReferences(long from, long to) throws IOException, VideoException {
    long at = from;
    while (at + REFERENCE_BYTES <= to && boxes++ < MAX_BOXES) {
      ByteBuffer entry = read(at, REFERENCE_BYTES);
      long size = Integer.toUnsignedLong(entry.getInt(0));
      boolean within = (entry.getInt(HEADER_BYTES) & 1) != 0;
      if (!within && size > REFERENCE_BYTES) {
        throw externalFrames();
      }
      at += Math.max(size, REFERENCE_BYTES);
    }
  }

  private static VideoException externalFrames() {
    return new VideoException(
        FailureReason.PLAYLIST,
        "the movie keeps its frames in other files, which are never opened; export it as one"
            + " self-contained file");
  }

  /** Reads so many bytes, fewer at the end of the file, but at least {@link #HEADER_BYTES}. */
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
