package io.framewarden.benchmarks.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The ways of damaging a file. Stateless. */
enum Mutation {
  /** Cuts the file off. */
  TRUNCATION {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return Arrays.copyOf(file, random.nextInt(1, file.length));
    }
  },
  /** Flips single bits anywhere, from one to a few hundred. */
  BIT_FLIPS {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
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
    byte[] apply(byte[] file, SplittableRandom random) {
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
    byte[] apply(byte[] file, SplittableRandom random) {
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
    byte[] apply(byte[] file, SplittableRandom random) {
      byte[] changed = file.clone();
      int length = random.nextInt(1, Math.max(2, file.length / 4));
      int from = random.nextInt(file.length - length + 1);
      int to = random.nextInt(file.length - length + 1);
      System.arraycopy(file, from, changed, to, length);
      return changed;
    }
  };

  /** A changed copy. */
  abstract byte[] apply(byte[] file, SplittableRandom random);
}
