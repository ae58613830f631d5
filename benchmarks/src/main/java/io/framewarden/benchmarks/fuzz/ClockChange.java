package io.framewarden.benchmarks.fuzz;

import io.framewarden.benchmarks.fuzz.TimeField.Form;
import java.util.List;
import java.util.SplittableRandom;

/** The ways of changing the clock of a file. Stateless. */
enum ClockChange {
  /** From some frame on the clock begins anew. */
  RESTART {
    @Override
    void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random) {
      long back = times.get(from).get(file) - times.get(0).get(file);
      times.subList(from, times.size()).forEach(time -> time.set(file, time.get(file) - back));
    }
  },
  /** From some frame on the clock is ahead or behind, by a second or by anything. */
  JUMP {
    @Override
    void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random) {
      long max = times.get(0).form().max();
      long step = random.nextLong(-max, max) >> random.nextInt(0, 24);
      times.subList(from, times.size()).forEach(time -> time.set(file, time.get(file) + step));
    }
  },
  /** From some frame on the clock stands still. */
  FREEZE {
    @Override
    void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random) {
      long still = times.get(from).get(file);
      times.subList(from, times.size()).forEach(time -> time.set(file, still));
    }
  },
  /** The highest numbers there are, at one frame or from it on. */
  HUGE {
    @Override
    void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random) {
      int to = random.nextBoolean() ? from + 1 : times.size();
      long less = random.nextInt(3);
      times.subList(from, to).forEach(time -> time.set(file, time.form().max() - less));
    }
  },
  /** The clock runs backwards from some frame on. */
  BACKWARDS {
    @Override
    void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random) {
      long turn = times.get(from).get(file);
      times.subList(from, times.size()).forEach(time -> time.set(file, 2 * turn - time.get(file)));
    }
  },
  /** Single times are any numbers. */
  NOISE {
    @Override
    void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random) {
      int wrong = random.nextInt(1, 5);
      for (int i = 0; i < wrong; i++) {
        times.get(random.nextInt(times.size())).set(file, random.nextLong());
      }
    }
  };

  /** A copy of a file with another clock; an equal one where it has no time that is recognised. */
  static byte[] any(byte[] file, SplittableRandom random) {
    byte[] changed = file.clone();
    List<TimeField> all = TimeFields.in(file);
    if (!all.isEmpty()) {
      Form form = all.get(random.nextInt(all.size())).form().clock();
      List<TimeField> times = all.stream().filter(time -> time.form().clock() == form).toList();
      ClockChange[] changes = values();
      ClockChange change = changes[random.nextInt(changes.length)];
      change.apply(changed, times, random.nextInt(times.size()), random);
    }
    return changed;
  }

  /**
   * Changes times in place.
   *
   * @param times of one clock, in the order of the file
   * @param from where the change begins among them
   */
  abstract void apply(byte[] file, List<TimeField> times, int from, SplittableRandom random);
}
