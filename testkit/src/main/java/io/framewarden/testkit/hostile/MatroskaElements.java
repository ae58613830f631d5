package io.framewarden.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Edits the elements of a .mkv as FFmpeg writes it: the segment's size has eight bytes. One thread.
 */
final class MatroskaElements {
  private static final String SEGMENT = "18538067";
  private static final String CLUSTER = "1f43b675";
  private static final String TRACKS = "1654ae6b";
  private static final String TRACK = "ae";

  private byte[] file;

  MatroskaElements(byte[] file) {
    this.file = file.clone();
  }

  byte[] bytes() {
    return file;
  }

  /** An element of an id and its parts. */
  static byte[] element(String id, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(HexFormat.of().parseHex(id));
    whole.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(1L << 56 | body.size()).array());
    whole.writeBytes(body.toByteArray());
    return whole.toByteArray();
  }

  static byte[] text(String id, String text) {
    return element(id, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] number(String id, int value) {
    return element(id, new byte[] {(byte) value});
  }

  /** Puts an element before the frames. */
  MatroskaElements insert(byte[] element) {
    return splice(find(CLUSTER), 0, element);
  }

  /** Puts elements into the track's entry. */
  MatroskaElements insertIntoTrack(byte[] more) {
    int tracks = find(TRACKS, find(TRACKS) + 1); // the first is the index's mention of it
    byte[] all = payload(tracks, TRACKS);
    MatroskaElements inside = new MatroskaElements(all);
    byte[] entry = inside.payload(inside.find(TRACK), TRACK);
    int old = 4 + sizeBytes(tracks + 4) + all.length;
    return splice(tracks, old, element(TRACKS, element(TRACK, entry, more)));
  }

  /** Overwrites what an element of eight bytes holds. */
  MatroskaElements overwrite(String id, long bits) {
    int at = find(id + "88") + id.length() / 2 + 1;
    ByteBuffer.wrap(file).putLong(at, bits);
    return this;
  }

  private byte[] payload(int at, String id) {
    int size = at + id.length() / 2;
    int bytes = sizeBytes(size);
    long length = file[size] & 0xff & ~(0x80 >> (bytes - 1));
    for (int i = 1; i < bytes; i++) {
      length = (length << 8) | (file[size + i] & 0xff);
    }
    return Arrays.copyOfRange(file, size + bytes, size + bytes + (int) length);
  }

  private int sizeBytes(int at) {
    return Integer.numberOfLeadingZeros(file[at] & 0xff) - 23;
  }

  private MatroskaElements splice(int at, int old, byte[] with) {
    int size = find(SEGMENT) + 4;
    ByteBuffer numbers = ByteBuffer.wrap(file);
    numbers.putLong(size, numbers.getLong(size) + with.length - old);
    ByteArrayOutputStream grown = new ByteArrayOutputStream();
    grown.write(file, 0, at);
    grown.writeBytes(with);
    grown.write(file, at + old, file.length - at - old);
    file = grown.toByteArray();
    return this;
  }

  private int find(String id) {
    return find(id, 0);
  }

  private int find(String id, int from) {
    byte[] wanted = HexFormat.of().parseHex(id);
    for (int at = from; at + wanted.length <= file.length; at++) {
      if (Arrays.equals(wanted, 0, wanted.length, file, at, at + wanted.length)) {
        return at;
      }
    }
    throw new IllegalStateException("the video has no element " + id);
  }
}
