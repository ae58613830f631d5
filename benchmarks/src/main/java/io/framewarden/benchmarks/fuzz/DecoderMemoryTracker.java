package io.framewarden.benchmarks.fuzz;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What decoder processes hold over their lives. One that leaks holds more after each video,
 * whatever the video was; the median over all children is not moved by the few that met a very
 * large one. Safe for several threads.
 */
final class DecoderMemoryTracker {
  /** Looks at a child after which it may not grow any more. */
  private static final int WARM = 25;

  /** Looks that a child's growth needs to count. */
  private static final int ENOUGH = 2 * WARM;

  private final Map<Long, Life> lives = new HashMap<>();

  private static final class Life {
    private final ProcessHandle process;
    private int looks;
    private ProcessSample warm;
    private ProcessSample last;

    Life(ProcessHandle process) {
      this.process = process;
    }
  }

  /** Looks at the children that run now; to be called once a video. */
  synchronized void look(Collection<Long> pids) {
    for (long pid : pids) {
      ProcessSample.of(pid)
          .ifPresent(sample -> ProcessHandle.of(pid).ifPresent(child -> saw(child, sample)));
    }
  }

  private void saw(ProcessHandle child, ProcessSample sample) {
    Life life = lives.computeIfAbsent(child.pid(), pid -> new Life(child));
    life.looks++;
    life.last = sample;
    if (life.looks == WARM) {
      life.warm = sample;
    }
  }

  /** How many children there were. */
  synchronized int count() {
    return lives.size();
  }

  /** How many of them still run. */
  synchronized long survivors() {
    return lives.values().stream().filter(life -> life.process.isAlive()).count();
  }

  /** The median over children of what became more since they were warm; 0 without such children. */
  synchronized double medianGrowth(ToDoubleFunction<ProcessSample> what) {
    double[] growth =
        lives.values().stream()
            .filter(life -> life.looks >= ENOUGH)
            .mapToDouble(life -> what.applyAsDouble(life.last) - what.applyAsDouble(life.warm))
            .sorted()
            .toArray();
    return growth.length == 0
        ? 0
        : Arrays.stream(growth).skip(growth.length / 2).findFirst().orElse(0);
  }
}
