package io.framewarden.benchmarks.fuzz;

import java.util.Optional;

/**
 * A field of a file that holds a time.
 *
 * @param at its first byte
 * @param form how the number is stored; fields of one form count in one unit
 */
record TimeField(int at, Form form) {
  /** How a time is stored. */
  enum Form {
    /** PTS and DTS of MPEG streams: 33 bits in five bytes, with markers between them. */
    PES(5, 33),
    /** The clock of a transport stream: 33 bits from the first byte on, in the unit of PES. */
    PCR(5, 33),
    /** An FLV tag's: 24 bits, and the highest eight behind them. */
    FLV(4, 32),
    /** A Matroska block's, relative to its cluster. */
    BLOCK(2, 16),
    /** A Matroska cluster's, of one to four bytes or of eight. */
    CLUSTER_1(1, 8),
    CLUSTER_2(2, 16),
    CLUSTER_3(3, 24),
    CLUSTER_4(4, 32),
    CLUSTER_8(8, 63),
    /** The length of a frame of an .mp4, or where its edit list says that it begins. */
    MOVIE(4, 32),
    /** How long a frame of an .apng is shown: a number, and parts of a second. */
    PNG(2, 16),
    /** How long a frame of a .gif is shown, least significant byte first. */
    GIF(2, 16),
    /** Scale and rate of an .avi, least significant byte first. */
    AVI(4, 32);

    private final int bytes;
    private final int bits;

    Form(int bytes, int bits) {
      this.bytes = bytes;
      this.bits = bits;
    }

    /** The highest number that such a field holds. */
    long max() {
      return (1L << bits) - 1;
    }

    /** Forms of one unit are the same clock. */
    Form clock() {
      return this == PCR ? PES : this;
    }

    /** That of a cluster's time of so many bytes, where there is one. */
    static Optional<Form> cluster(int bytes) {
      return Optional.ofNullable(
          switch (bytes) {
            case 1 -> CLUSTER_1;
            case 2 -> CLUSTER_2;
            case 3 -> CLUSTER_3;
            case 4 -> CLUSTER_4;
            case 8 -> CLUSTER_8;
            default -> null;
          });
    }
  }

  boolean isWithin(byte[] file) {
    return at >= 0 && at + form.bytes <= file.length;
  }

  /** The number that the field holds. */
  long get(byte[] file) {
    return switch (form) {
      case PES ->
          (long) (file[at] >> 1 & 7) << 30
              | (long) (plain(file, at + 1, 2) >> 1) << 15
              | plain(file, at + 3, 2) >> 1;
      case PCR -> plain(file, at, 5) >> 7;
      case FLV -> plain(file, at + 3, 1) << 24 | plain(file, at, 3);
      case AVI -> Integer.toUnsignedLong(Integer.reverseBytes((int) plain(file, at, 4)));
      case GIF -> plain(file, at + 1, 1) << 8 | plain(file, at, 1);
      default -> plain(file, at, form.bytes);
    };
  }

  /** Stores a number; what does not fit into the field is cut off. */
  void set(byte[] file, long time) {
    long value = time & form.max();
    switch (form) {
      case PES -> {
        file[at] = (byte) (file[at] & 0xf0 | (value >> 30 & 7) << 1 | 1);
        put(file, at + 1, 2, (value >> 15 & 0x7fff) << 1 | 1);
        put(file, at + 3, 2, (value & 0x7fff) << 1 | 1);
      }
      case PCR -> put(file, at, 5, value << 7 | file[at + 4] & 0x7f);
      case FLV -> {
        put(file, at, 3, value);
        put(file, at + 3, 1, value >> 24);
      }
      case AVI -> put(file, at, 4, Integer.toUnsignedLong(Integer.reverseBytes((int) value)));
      case GIF -> {
        put(file, at, 1, value);
        put(file, at + 1, 1, value >> 8);
      }
      default -> put(file, at, form.bytes, value);
    }
  }

  private static long plain(byte[] file, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | file[at + i] & 0xff;
    }
    return value;
  }

  private static void put(byte[] file, int at, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      file[at + i] = (byte) (value >> 8 * (bytes - 1 - i));
    }
  }
}
