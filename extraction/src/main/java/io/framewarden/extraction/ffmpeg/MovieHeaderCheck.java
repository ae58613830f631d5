package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Scans the boxes of an .mp4 or .mov, before FFmpeg does, for two things that FFmpeg accepts in
 * silence: frames that are kept in other files (it never opens them, and would decode whatever lies
 * at their offsets in this one), and a compressed header (it allocates the memory that the header
 * asks for). Looks wherever FFmpeg 8.1 would: its list of boxes is the same at every depth, a
 * {@code hoov} that begins like a header is one, and so is a {@code free} in a file without any.
 * What has more boxes than are looked at is refused. Other containers have no such boxes, and pass.
 * One file, one thread.
 */
final class MovieHeaderCheck {
  /** Boxes of which FFmpeg reads the boxes within, whatever box they are in. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "moov", "trak", "mdia", "minf", "dinf", "stbl", "edts", "udta", "ilst", "mvex", "moof",
          "traf", "tref", "sinf", "schi");

  /**
   * Boxes with boxes behind fields whose length depends on much: their bytes are searched instead.
   * No true one has the names that are searched for.
   */
  private static final Set<String> SEARCHED = Set.of("stsd", "wave", "iprp", "ipco", "jp2h");

  private static final int HEADER_BYTES = 8;

  /** A reference's size, type, version and flags; the name of a file follows. */
  private static final int REFERENCE_BYTES = 12;

  /** The longest alias of which FFmpeg takes no path, whatever its flags say. */
  private static final int PATHLESS_ALIAS_BYTES = 150;

  /** Boxes that are read; a movie in fragments of a second has some ten a second. */
  static final int MAX_BOXES = 2_000_000;

  /** Boxes within boxes; the references are five deep, and FFmpeg gives up at eleven. */
  private static final int MAX_DEPTH = 16;

  /** Bytes that are searched one by one; sample descriptions have some hundred. */
  private static final long MAX_SEARCHED_BYTES = 32 << 20;

  private final FileWindow file;
  private int boxes;
  private long searched;
  private boolean headerSeen;
  private boolean inFreeToo;

  private MovieHeaderCheck(FileWindow file) {
    this.file = file;
  }

  /**
   * Checks a file.
   *
   * @throws VideoException PLAYLIST where frames are in other files, UNSUPPORTED_CONTAINER for a
   *     compressed header and for more boxes than are looked at
   */
  static void check(Path path) throws VideoException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      new MovieHeaderCheck(new FileWindow(channel)).check();
    } catch (IOException e) {
      throw VideoException.unreadable(path);
    }
  }

  private void check() throws IOException, VideoException {
    walk(0, file.size(), 0);
    if (!headerSeen) {
      // FFmpeg begins again then, and takes a freed header for one.
      inFreeToo = true;
      walk(0, file.size(), 0);
    }
  }

  /** Reads the boxes between two offsets; what is no box ends the walk, as it does in FFmpeg. */
  private void walk(long from, long to, int depth) throws IOException, VideoException {
    if (depth > MAX_DEPTH) {
      throw tooMuch("boxes within boxes");
    }
    long at = from;
    while (at <= to - HEADER_BYTES && file.has(at, HEADER_BYTES)) {
      count();
      long size = Integer.toUnsignedLong(file.int32(at));
      String type = size >= HEADER_BYTES ? typeOf(at) : file.type(at + Integer.BYTES);
      long content = at + HEADER_BYTES;
      if (size == 1 && content + Long.BYTES <= to) {
        if (!file.has(content, Long.BYTES)) {
          return;
        }
        size = file.int64(content) - Long.BYTES;
        content += Long.BYTES;
      }
      if (size == 0) {
        size = to - content + HEADER_BYTES;
      }
      if (size < HEADER_BYTES) {
        return;
      }
      long end = content + Math.min(size - HEADER_BYTES, to - content);
      inspect(type, content, end, depth);
      at = end;
    }
  }

  /** A box's type, or that of a header for a box that FFmpeg takes for one. */
  private String typeOf(long at) throws IOException {
    String type = file.type(at + Integer.BYTES);
    boolean disguise = type.equals("hoov") || (inFreeToo && type.equals("free"));
    if (disguise && file.has(at + HEADER_BYTES, HEADER_BYTES)) {
      String first = file.type(at + HEADER_BYTES + Integer.BYTES);
      return first.equals("mvhd") || first.equals("cmov") ? "moov" : type;
    }
    return type;
  }

  private void inspect(String type, long from, long to, int depth)
      throws IOException, VideoException {
    // Only of those that no box encloses is it certain that FFmpeg finds them.
    headerSeen |= depth == 0 && type.equals("moov");
    refuseByName(type);
    if (type.equals("dref")) {
      checkReferences(from);
    } else if (type.equals("meta")) {
      walkMetadata(from, to, depth + 1);
    } else if (SEARCHED.contains(type)) {
      search(from, to);
    } else if (CONTAINERS.contains(type)) {
      walk(from, to, depth + 1);
    }
  }

  private static void refuseByName(String type) throws VideoException {
    if (type.equals("cmov")) {
      throw new VideoException(
          FailureReason.UNSUPPORTED_CONTAINER,
          "the movie's header is compressed, which is not read; convert the video to .mp4");
    }
    if (type.equals("rmra")) {
      throw externalFrames();
    }
  }

  /** The boxes begin with the first that is called hdlr, at a multiple of four bytes. */
  private void walkMetadata(long from, long to, int depth) throws IOException, VideoException {
    for (long at = from; at < to - HEADER_BYTES && file.has(at, Integer.BYTES); at += 4) {
      countSearched(Integer.BYTES);
      if (file.type(at).equals("hdlr")) {
        walk(at - Integer.BYTES, to, depth);
        return;
      }
    }
  }

  private void search(long from, long to) throws IOException, VideoException {
    for (long at = from; at <= to - Integer.BYTES && file.has(at, Integer.BYTES); at++) {
      countSearched(1);
      int name = file.int32(at);
      if (name == 0x636d6f76 || name == 0x726d7261) { // cmov, rmra
        refuseByName(file.type(at));
      } else if (name == 0x64726566) { // dref
        throw externalFrames();
      }
    }
  }

  /**
   * A flag says that a reference means this file; one without it and with a name means another.
   * FFmpeg goes by the number of references, beyond the end of their box if need be, and does not
   * look at the flag of an alias.
   */
  private void checkReferences(long from) throws IOException, VideoException {
    long at = from + HEADER_BYTES;
    if (!file.has(from, HEADER_BYTES)) {
      return;
    }
    long count = Integer.toUnsignedLong(file.int32(from + Integer.BYTES));
    for (long i = 0; i < count && file.has(at, REFERENCE_BYTES); i++) {
      count();
      long size = Integer.toUnsignedLong(file.int32(at));
      boolean within = (file.int32(at + HEADER_BYTES) & 1) != 0;
      boolean path = size > PATHLESS_ALIAS_BYTES && file.type(at + Integer.BYTES).equals("alis");
      if (path || (!within && size > REFERENCE_BYTES)) {
        throw externalFrames();
      }
      if (size < REFERENCE_BYTES) {
        return;
      }
      at += size;
    }
  }

  private void count() throws VideoException {
    if (++boxes > MAX_BOXES) {
      throw tooMuch("boxes");
    }
  }

  private void countSearched(int bytes) throws VideoException {
    searched += bytes;
    if (searched > MAX_SEARCHED_BYTES) {
      throw tooMuch("bytes of descriptions");
    }
  }

  private static VideoException tooMuch(String what) {
    return new VideoException(
        FailureReason.UNSUPPORTED_CONTAINER,
        "the movie has more "
            + what
            + " than are looked through for references to other files; convert the video to a"
            + " plain .mp4");
  }

  private static VideoException externalFrames() {
    return new VideoException(
        FailureReason.PLAYLIST,
        "the movie keeps its frames in other files, which are never opened; export it as one"
            + " self-contained file");
  }
}
