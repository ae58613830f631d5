package io.framewarden.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Edits the boxes of an .mp4 whose header comes last, so that nothing moves when it grows. One
 * thread.
 */
public final class MovieBoxes {
  private byte[] file;

  /** The file's bytes are copied. */
  public MovieBoxes(byte[] file) {
    this.file = file.clone();
  }

  /** The edited file. */
  public byte[] bytes() {
    return file;
  }

  /** A box of a type and its parts. */
  public static byte[] box(String type, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    return ByteBuffer.allocate(8 + body.size())
        .putInt(8 + body.size())
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(body.toByteArray())
        .array();
  }

  /** Where a box begins, by its path such as {@code moov/trak/mdia}. */
  public int find(String path) {
    List<Integer> found = ancestors(path);
    return found.get(found.size() - 1);
  }

  int size(int at) {
    return ByteBuffer.wrap(file).getInt(at);
  }

  /** A copy of the whole box. */
  public byte[] copy(String path) {
    int at = find(path);
    byte[] box = new byte[size(at)];
    System.arraycopy(file, at, box, 0, box.length);
    return box;
  }

  /** Puts another box, or several, into a box's place. */
  public MovieBoxes replace(String path, byte[] with) {
    List<Integer> way = ancestors(path);
    int at = way.get(way.size() - 1);
    int old = size(at);
    return splice(way.subList(0, way.size() - 1), at, old, with);
  }

  /** Inserts bytes after a box, into the same parent. */
  public MovieBoxes insertAfter(String path, byte[] more) {
    List<Integer> way = ancestors(path);
    int at = way.get(way.size() - 1);
    return splice(way.subList(0, way.size() - 1), at + size(at), 0, more);
  }

  /** Overwrites so many bytes by a big-endian number. */
  public MovieBoxes put(int at, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      file[at + i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return this;
  }

  /**
   * An alias as FFmpeg follows it where that is allowed: with the whole path as its last record.
   */
  public static byte[] alias(String file) {
    byte[] path = file.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(path, path.length + (path.length & 1));
    ByteBuffer body = ByteBuffer.allocate(4 + 10 + 28 + 12 + 64 + 16 + 4 + 16);
    body.putShort(4 + 10 + 28 + 12 + 64 + 16, (short) 0);
    ByteBuffer records = ByteBuffer.allocate(4 + padded.length + 4);
    records.putShort((short) 2).putShort((short) path.length).put(padded).putShort((short) -1);
    return box("alis", body.array(), records.array());
  }

  private MovieBoxes splice(List<Integer> parents, int at, int old, byte[] with) {
    for (int parent : parents) {
      put(parent, 4, size(parent) + with.length - old);
    }
    byte[] grown = new byte[file.length + with.length - old];
    System.arraycopy(file, 0, grown, 0, at);
    System.arraycopy(with, 0, grown, at, with.length);
    System.arraycopy(file, at + old, grown, at + with.length, file.length - at - old);
    file = grown;
    return this;
  }

  private List<Integer> ancestors(String path) {
    List<Integer> found = new ArrayList<>();
    int from = 0;
    int to = file.length;
    for (String name : path.split("/")) {
      int at = child(name, from, to);
      found.add(at);
      from = at + (name.equals("stsd") ? 16 : 8);
      to = at + size(at);
    }
    return found;
  }

  private int child(String name, int from, int to) {
    for (int at = from; at + 8 <= to; at += size(at)) {
      if (new String(file, at + 4, 4, StandardCharsets.ISO_8859_1).equals(name)) {
        return at;
      }
    }
    throw new IllegalStateException("the movie has no " + name);
  }
}
