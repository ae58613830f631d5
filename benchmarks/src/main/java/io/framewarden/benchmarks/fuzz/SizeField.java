package io.framewarden.benchmarks.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A field of a file that holds a size or a count.
 *
 * @param at its first byte
 * @param bytes how many it has
 * @param keep bits of its first byte that are not overwritten, such as an EBML length marker
 */
record SizeField(int at, int bytes, int keep) {
  private static final List<String> BOXES =
      List.of(
          "ftyp", "moov", "mvhd", "trak", "tkhd", "mdia", "mdhd", "minf", "stbl", "stsd", "stts",
          "stsz", "stsc", "stco", "stss", "dref", "avcC", "av1C", "elst", "edts", "mdat", "free",
          "avc1", "av01", "jpeg", "IHDR", "acTL", "fcTL", "IDAT", "fdAT");
  private static final List<String> CHUNKS =
      List.of("RIFF", "LIST", "JUNK", "avih", "strh", "strf", "idx1", "00dc");
  private static final List<byte[]> ELEMENTS =
      List.of(
          hex("1a45dfa3"),
          hex("18538067"),
          hex("1549a966"),
          hex("1654ae6b"),
          hex("1f43b675"),
          hex("1c53bb6b"),
          hex("114d9b74"),
          hex("e0"),
          hex("ae"),
          hex("a3"));
  private static final byte[] PES = hex("000001e0");
  private static final byte[] CONTROL = hex("21f904");
  private static final int TS_PACKET = 188;

  /** Every such field that is recognised, of ISO boxes, RIFF, EBML, FLV, MPEG-TS and images. */
  static List<SizeField> in(byte[] file) {
    List<SizeField> found = new ArrayList<>();
    for (int i = 0; i + 8 < file.length; i++) {
      int at = i;
      if (i >= 4 && BOXES.stream().anyMatch(name -> matches(file, at, ascii(name)))) {
        found.add(new SizeField(i - 4, 4, 0));
      }
      if (CHUNKS.stream().anyMatch(name -> matches(file, at, ascii(name)))) {
        found.add(new SizeField(i + 4, 4, 0));
      }
      if (matches(file, i, PES)) {
        found.add(new SizeField(i + 4, 2, 0));
      }
    }
    if (matches(file, 0, ELEMENTS.get(0))) {
      elements(file, found);
    }
    if (matches(file, 0, ascii("FLV"))) {
      tags(file, found);
    }
    if (matches(file, 0, ascii("GIF"))) {
      blocks(file, found);
    } else if (file[0] == 'G') {
      for (int i = 0; i + TS_PACKET <= file.length; i += TS_PACKET) {
        found.add(new SizeField(i + 4, 1, 0)); // the adaptation field's length, where there is one
      }
    }
    return found;
  }

  /** Overwrites the field with another number. */
  void overwrite(byte[] file, SplittableRandom random) {
    int kind = random.nextInt(4);
    for (int i = 0; i < bytes && at + i < file.length; i++) {
      int value =
          switch (kind) {
            case 0 -> 0;
            case 1 -> 0xff;
            case 2 -> i == 0 ? 0x7f : 0xff;
            default -> random.nextInt(256);
          };
      int kept = i == 0 ? keep : 0;
      file[at + i] = (byte) ((file[at + i] & kept) | (value & ~kept));
    }
  }

  private static void elements(byte[] file, List<SizeField> found) {
    for (int i = 0; i + 12 < file.length; i++) {
      for (byte[] id : ELEMENTS) {
        int size = i + id.length;
        int marker = Integer.highestOneBit(file[size] & 0xff);
        if (matches(file, i, id) && marker > 0) {
          int length = Integer.numberOfLeadingZeros(marker) - 23;
          found.add(new SizeField(size, length, 0xff & -marker));
        }
      }
    }
  }

  private static void tags(byte[] file, List<SizeField> found) {
    int at = 13;
    while (at + 11 < file.length) {
      found.add(new SizeField(at + 1, 3, 0));
      int size =
          ((file[at + 1] & 0xff) << 16) | ((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff);
      at += 11 + size + 4;
    }
  }

  /** A .gif's sizes of blocks, of images, and of all. */
  private static void blocks(byte[] file, List<SizeField> found) {
    for (int i = 6; i + 10 < file.length; i++) {
      if (matches(file, i, CONTROL)) {
        found.add(new SizeField(i + 2, 1, 0));
        found.add(new SizeField(i + 13, 4, 0));
        found.add(new SizeField(i + 19, 1, 0));
      }
    }
    found.add(new SizeField(6, 4, 0));
  }

  private static boolean matches(byte[] file, int at, byte[] what) {
    if (at + what.length > file.length) {
      return false;
    }
    for (int i = 0; i < what.length; i++) {
      if (file[at + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
