package io.framewarden.benchmarks.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What is done to a good file. */
enum Mutation {
  /** The file breaks off. */
  TRUNCATION {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return Arrays.copyOf(file, random.nextInt(1, file.length));
    }
  },
  /** Single bits anywhere, from one to a few hundred. */
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
  /** Bytes of the first kilobyte, where headers are. */
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
  /** Sizes and counts of boxes, chunks, elements and tags. */
  SIZE_LIE {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      List<SizeField> places = SizeField.in(file);
      byte[] changed = file.clone();
      int lies = random.nextInt(1, 4);
      for (int i = 0; i < lies && !places.isEmpty(); i++) {
        places.get(random.nextInt(places.size())).lie(changed, random);
      }
      return changed;
    }
  },
  /** A piece of the file again, somewhere else. */
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
