package io.framewarden.benchmarks.fuzz;

import io.framewarden.benchmarks.fuzz.TimeField.Form;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the times of a valid file, in the order of the file. Stateless. */
final class TimeFields {
  private static final int TS_PACKET = 188;
  private static final int FLV_HEADER = 13;
  private static final int CLUSTER = 0x1f43b675;
  private static final int SEGMENT = 0x18538067;
  private static final int BLOCK_GROUP = 0xa0;
  private static final int CLUSTER_TIME = 0xe7;
  private static final int BLOCK = 0xa1;
  private static final int SIMPLE_BLOCK = 0xa3;

  private TimeFields() {}

  /** Every time that is recognised, of MPEG streams, FLV, Matroska, ISO boxes, AVI and images. */
  static List<TimeField> in(byte[] file) {
    List<TimeField> found = new ArrayList<>();
    if (startsWith(file, 0, "FLV")) {
      tags(file, found);
    } else if (ByteBuffer.wrap(file).getInt() == 0x1a45dfa3) {
      elements(file, 0, file.length, found);
    } else if (startsWith(file, 0, "RIFF")) {
      streamHeaders(file, found);
    } else if (startsWith(file, 0, "GIF") || startsWith(file, 1, "PNG")) {
      delays(file, found);
    } else if (file[0] == 'G' || ByteBuffer.wrap(file).getInt() == 0x1ba) {
      packets(file, found);
    } else {
      boxes(file, found);
    }
    found.removeIf(field -> !field.isWithin(file));
    return found;
  }

  /** PES headers of video streams, and the clock in adaptation fields. */
  private static void packets(byte[] file, List<TimeField> found) {
    boolean transport = file[0] == 'G';
    for (int i = 0; i + 14 < file.length; i++) {
      if (transport && i % TS_PACKET == 0) {
        boolean clock = (file[i + 3] & 0x20) != 0 && file[i + 4] > 0 && (file[i + 5] & 0x10) != 0;
        if (clock) {
          found.add(new TimeField(i + 6, Form.PCR));
        }
      }
      boolean header = file[i] == 0 && file[i + 1] == 0 && file[i + 2] == 1;
      if (header && (file[i + 3] & 0xf0) == 0xe0) {
        pesHeader(file, i, found);
      }
    }
  }

  private static void pesHeader(byte[] file, int at, List<TimeField> found) {
    if ((file[at + 6] & 0xc0) == 0x80) {
      if ((file[at + 7] & 0x80) != 0) {
        found.add(new TimeField(at + 9, Form.PES));
      }
      if ((file[at + 7] & 0xc0) == 0xc0) {
        found.add(new TimeField(at + 14, Form.PES));
      }
      return;
    }
    // MPEG-1: stuffing, a buffer size, then the times.
    int i = at + 6;
    while (i + 2 < file.length && file[i] == (byte) 0xff) {
      i++;
    }
    i += (file[i] & 0xc0) == 0x40 ? 2 : 0;
    if (i < file.length && (file[i] & 0xe0) == 0x20) {
      found.add(new TimeField(i, Form.PES));
      if ((file[i] & 0xf0) == 0x30) {
        found.add(new TimeField(i + 5, Form.PES));
      }
    }
  }

  private static void tags(byte[] file, List<TimeField> found) {
    int at = FLV_HEADER;
    while (at + 11 < file.length) {
      found.add(new TimeField(at + 4, Form.FLV));
      at += 11 + (ByteBuffer.wrap(file).getInt(at) & 0xffffff) + 4;
    }
  }

  private static void elements(byte[] file, int from, int to, List<TimeField> found) {
    int at = from;
    while (at + 2 < to) {
      int idBytes = Integer.numberOfLeadingZeros(file[at] & 0xff) - 23;
      int size = at + idBytes;
      int sizeBytes = size < to ? Integer.numberOfLeadingZeros(file[size] & 0xff) - 23 : 9;
      int body = size + sizeBytes;
      if (sizeBytes > 8 || body > to) {
        return;
      }
      int id = (int) number(file, at, idBytes);
      long length = number(file, size, sizeBytes) & ~(1L << 7 * sizeBytes);
      int end = (int) Math.min(to, body + length);
      switch (id) {
        case SEGMENT, CLUSTER, BLOCK_GROUP -> elements(file, body, end, found);
        case CLUSTER_TIME ->
            Form.cluster(end - body).ifPresent(f -> found.add(new TimeField(body, f)));
        case BLOCK, SIMPLE_BLOCK -> found.add(new TimeField(body + 1, Form.BLOCK));
        default -> {
          // Holds no time.
        }
      }
      at = end;
    }
  }

  /** Lengths and offsets of frames, and the entries of edit lists. */
  private static void boxes(byte[] file, List<TimeField> found) {
    for (int i = 4; i + 12 < file.length; i++) {
      boolean pairs = startsWith(file, i, "stts") || startsWith(file, i, "ctts");
      boolean edits = startsWith(file, i, "elst") && file[i + 4] == 0;
      if (pairs || edits) {
        int entry = pairs ? 8 : 12;
        int count = Math.min(ByteBuffer.wrap(file).getInt(i + 8), 1000);
        for (int n = 0; n < count; n++) {
          found.add(new TimeField(i + 12 + n * entry + (pairs ? 4 : 0), Form.MOVIE));
          if (edits) {
            found.add(new TimeField(i + 16 + n * entry, Form.MOVIE));
          }
        }
      }
    }
  }

  /** The delays of animated images: graphic control extensions, frame control chunks. */
  private static void delays(byte[] file, List<TimeField> found) {
    for (int i = 0; i + 8 < file.length; i++) {
      if (startsWith(file, i, "fcTL")) {
        found.add(new TimeField(i + 24, Form.PNG));
        found.add(new TimeField(i + 26, Form.PNG));
      } else if (file[i] == 0x21 && file[i + 1] == (byte) 0xf9 && file[i + 2] == 4) {
        found.add(new TimeField(i + 4, Form.GIF));
      }
    }
  }

  private static void streamHeaders(byte[] file, List<TimeField> found) {
    for (int i = 0; i + 40 < file.length; i++) {
      if (startsWith(file, i, "strh")) {
        for (int field = 28; field <= 36; field += 4) {
          found.add(new TimeField(i + field, Form.AVI)); // scale, rate, start
        }
      }
    }
  }

  private static long number(byte[] file, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | file[at + i] & 0xff;
    }
    return value;
  }

  private static boolean startsWith(byte[] file, int at, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    return at + wanted.length <= file.length
        && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
  }
}
