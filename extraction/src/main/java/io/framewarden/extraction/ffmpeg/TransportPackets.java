package io.framewarden.extraction.ffmpeg;

import java.util.Optional;

/**
 * Where the packets of an MPEG transport stream begin. A recording need not begin with one: what
 * comes before the first is a part of a packet, or of something else.
 *
 * @param offset of the first packet's sync byte
 * @param bytes from one packet to the next: 188, 192 with a time code (m2ts), 204 with parity
 */
record TransportPackets(int offset, int bytes) {
  private static final int[] SIZES = {188, 192, 204};

  /** Where a packet of 192 bytes at the start of a file has its sync byte. */
  private static final int TIME_CODE = 4;

  private static final byte SYNC = 0x47;

  /** Packets in a row that something else does not have by chance. */
  private static final int RUN = 5;

  /** Packets that are enough where the file is nothing but packets. */
  private static final int RUN_FROM_START = 3;

  /** Finds the first run of packets in the first bytes of a file. */
  static Optional<TransportPackets> in(byte[] head) {
    for (int at = 0; at < head.length; at++) {
      for (int size : SIZES) {
        if (head[at] == SYNC && isRun(head, at, size)) {
          return Optional.of(new TransportPackets(at, size));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRun(byte[] head, int first, int size) {
    int seen = 0;
    int at = first;
    while (seen < RUN && at < head.length && isPacket(head, at)) {
      seen++;
      at += size;
    }
    boolean fromStart = first == 0 || (first == TIME_CODE && size == SIZES[1]);
    return seen >= RUN || (seen >= RUN_FROM_START && at >= head.length && fromStart);
  }

  /** The sync byte, and a packet that holds a payload or an adaptation field. */
  private static boolean isPacket(byte[] head, int at) {
    return head[at] == SYNC && (at + 3 >= head.length || (head[at + 3] & 0x30) != 0);
  }
}
