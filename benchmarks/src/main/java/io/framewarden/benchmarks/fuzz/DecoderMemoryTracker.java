package io.framewarden.benchmarks.fuzz;

import io.framewarden.benchmarks.ProcessSample;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Samples the memory of decoder processes over their lives. One that leaks grows with each video,
 * whatever the video is; the median over all processes is robust against the few that decoded a
 * very large one. Safe for several threads.
 */
final class DecoderMemoryTracker {
  /** Samples of a process after which it may not grow any more. */
  private static final int WARM_UP_SAMPLES = 25;

  /** Samples that the growth of a process needs to count. */
  private static final int MIN_SAMPLES = 2 * WARM_UP_SAMPLES;

  private final Map<Long, Life> lives = new HashMap<>();

  private static final class Life {
    private final ProcessHandle process;
    private int samples;
    private ProcessSample warm;
    private ProcessSample last;

    Life(ProcessHandle process) {
      this.process = process;
    }
  }

  /** Samples the processes that run now; called once for each video. */
  synchronized void sample(Collection<Long> pids) {
    for (long pid : pids) {
      ProcessSample.of(pid)
          .ifPresent(sample -> ProcessHandle.of(pid).ifPresent(child -> add(child, sample)));
    }
  }

  private void add(ProcessHandle child, ProcessSample sample) {
    Life life = lives.computeIfAbsent(child.pid(), pid -> new Life(child));
    life.samples++;
    life.last = sample;
    if (life.samples == WARM_UP_SAMPLES) {
      life.warm = sample;
    }
  }

  /** How many processes there were. */
  synchronized int count() {
    return lives.size();
  }

  /** How many of them still run. */
  synchronized long survivors() {
    return lives.values().stream().filter(life -> life.process.isAlive()).count();
  }

  /** The median growth of the processes since they were warm; 0 without any. */
  synchronized double medianGrowth(ToDoubleFunction<ProcessSample> what) {
    double[] growth =
        lives.values().stream()
            .filter(life -> life.samples >= MIN_SAMPLES)
            .mapToDouble(life -> what.applyAsDouble(life.last) - what.applyAsDouble(life.warm))
            .sorted()
            .toArray();
    return growth.length == 0
        ? 0
        : Arrays.stream(growth).skip(growth.length / 2).findFirst().orElse(0);
  }
}
