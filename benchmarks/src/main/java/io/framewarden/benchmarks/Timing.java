package io.framewarden.benchmarks;

import io.framewarden.extraction.ffmpeg.VideoException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long something takes, and how much processor time of this process; medians of the rounds. */
final class Timing {
  private static final double NANOS = 1e9;

  private final List<Long> nanos = new ArrayList<>();
  private final List<Long> cpuNanos = new ArrayList<>();

  /** Something to be timed. */
  interface Part {
    void run() throws IOException, InterruptedException, VideoException;
  }

  /** One round. */
  void take(Part part) throws IOException, InterruptedException, VideoException {
    long before = cpu();
    long start = System.nanoTime();
    part.run();
    nanos.add(System.nanoTime() - start);
    cpuNanos.add(cpu() - before);
  }

  /** Not a number where nothing was timed. */
  double seconds() {
    return median(nanos);
  }

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
