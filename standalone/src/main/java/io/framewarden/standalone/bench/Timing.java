package io.framewarden.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import io.framewarden.ingest.ffmpeg.VideoException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How long something takes, and how much processor time of this process; medians of the rounds. */
final class Timing {
  private static final double NANOS = 1e9;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<Long> nanos = new ArrayList<>();
  private final List<Long> cpuNanos = new ArrayList<>();

  /** Something to be timed. */
  interface Part {
    void run() throws IOException, InterruptedException, VideoException;
  }

  /** One round. */
  void take(Part part) throws IOException, InterruptedException, VideoException {
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    part.run();
    nanos.add(System.nanoTime() - start);
    cpuNanos.add(system.getProcessCpuTime() - cpu);
  }

  /** Not a number where nothing was timed. */
  double seconds() {
    return median(nanos);
  }

  double cpuSeconds() {
    return median(cpuNanos);
  }

  private static double median(List<Long> values) {
    return values.isEmpty()
        ? Double.NaN
        : values.stream().sorted().toList().get(values.size() / 2) / NANOS;
  }
}
