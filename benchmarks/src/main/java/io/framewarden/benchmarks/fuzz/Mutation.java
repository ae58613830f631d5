package io.framewarden.benchmarks.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The ways of damaging a file. Stateless. */
enum Mutation {
  /** Cuts the file off. */
  TRUNCATION {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      return Arrays.copyOf(file, random.nextInt(1, file.length));
    }
  },
  /** Flips single bits anywhere, from one to a few hundred. */
  BIT_FLIPS {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      byte[] changed = file.clone();
      int flips = 1 << random.nextInt(9);
      for (int i = 0; i < flips; i++) {
        changed[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return changed;
    }
  },
  /** Overwrites bytes of the first kilobyte, where headers are. */
  HEADER_EDIT {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      byte[] changed = file.clone();
      int edits = random.nextInt(1, 9);
      for (int i = 0; i < edits; i++) {
        changed[random.nextInt(Math.min(1024, file.length))] = (byte) random.nextInt(256);
      }
      return changed;
    }
  },
  /** Overwrites sizes and counts of boxes, chunks, elements and tags. */
  FALSE_SIZE {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      List<SizeField> fields = SizeField.in(file);
      byte[] changed = file.clone();
      int edits = random.nextInt(1, 4);
      for (int i = 0; i < edits && !fields.isEmpty(); i++) {
        fields.get(random.nextInt(fields.size())).overwrite(changed, random);
      }
      return changed;
    }
  },
  /** Copies a piece of the file over another one. */
  SPLICE {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      byte[] changed = file.clone();
      int length = random.nextInt(1, Math.max(2, file.length / 4));
      int from = random.nextInt(file.length - length + 1);
      int to = random.nextInt(file.length - length + 1);
      System.arraycopy(file, from, changed, to, length);
      return changed;
    }
  },
  /** Takes a piece out, at the start or in the middle: what follows begins anywhere. */
  CUT_OUT {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      int from = random.nextBoolean() ? 0 : random.nextInt(file.length);
      int to = random.nextInt(from + 1, file.length + 1);
      return join(Arrays.copyOf(file, from), file, to);
    }
  },
  /** Times that begin anew, jump, stand still, run backwards or are huge. */
  CLOCK {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      byte[] changed = ClockChange.any(file, random);
      return random.nextInt(4) == 0 ? ClockChange.any(changed, random) : changed;
    }
  },
  /** Two videos one after the other: whole, or without the second one's header. */
  JOIN {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      boolean flv = other[0] == 'F';
      byte[] joined = join(file, other, flv && random.nextBoolean() ? FLV_HEADER : 0);
      return random.nextInt(3) == 0 ? join(joined, file, 0) : joined;
    }
  },
  /** The start of a video and the end of another one, both cut anywhere. */
  CUT_AND_JOIN {
    @Override
    byte[] apply(byte[] file, byte[] other, SplittableRandom random) {
      byte[] start = Arrays.copyOf(file, random.nextInt(1, file.length));
      return join(start, other, random.nextInt(other.length));
    }
  };

  private static final int FLV_HEADER = 13;

  /**
   * A changed copy.
   *
   * @param other a file of the same container, or the same one
   */
  abstract byte[] apply(byte[] file, byte[] other, SplittableRandom random);

  private static byte[] join(byte[] first, byte[] second, int from) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length - from);
    System.arraycopy(second, from, joined, first.length, second.length - from);
    return joined;
  }
}
