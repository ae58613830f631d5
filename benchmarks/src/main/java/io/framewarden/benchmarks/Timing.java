package io.framewarden.benchmarks;

import io.framewarden.extraction.ffmpeg.VideoException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the wall time and the CPU time of this process, as medians of the rounds. One thread.
 */
final class Timing {
  private static final double NANOS = 1e9;

  private final List<Long> nanos = new ArrayList<>();
  private final List<Long> cpuNanos = new ArrayList<>();

  /** A piece of work to measure. */
  interface Work {
    void run() throws IOException, InterruptedException, VideoException;
  }

  /** Runs and measures one round. */
  void measure(Work work) throws IOException, InterruptedException, VideoException {
    long before = cpu();
    long start = System.nanoTime();
    work.run();
    nanos.add(System.nanoTime() - start);
    cpuNanos.add(cpu() - before);
  }

  /** Median wall time; NaN where nothing was measured. */
  double seconds() {
    return median(nanos);
  }

  /** Median CPU time of this process; NaN where nothing was measured. */
  double cpuSeconds() {
    return median(cpuNanos);
  }

  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static double median(List<Long> values) {
    return values.isEmpty()
        ? Double.NaN
        : values.stream().sorted().toList().get(values.size() / 2) / NANOS;
  }
}
