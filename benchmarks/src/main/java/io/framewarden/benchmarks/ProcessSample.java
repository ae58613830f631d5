package io.framewarden.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds at a moment, where the system tells: Linux does.
 *
 * @param descriptors open files
 * @param threads of Java and of natives
 * @param residentMib memory that is really there
 */
public record ProcessSample(long descriptors, long threads, double residentMib) {
  /** Nothing at all, for where the system does not tell. */
  public static final ProcessSample ZERO = new ProcessSample(0, 0, 0);

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final double KIB_PER_MIB = 1024;

  /** This process; empty where the system does not tell. */
  public static Optional<ProcessSample> ofThis() {
    return of(ProcessHandle.current().pid());
  }

  /** A process; empty when it has ended, or where the system does not tell. */
  public static Optional<ProcessSample> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      OptionalDouble resident = mib(process, RESIDENT);
      return resident.isPresent()
          ? Optional.of(
              new ProcessSample(
                  entries(process.resolve("fd")),
                  entries(process.resolve("task")),
                  resident.getAsDouble()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The most resident memory of this process so far, in MiB; empty where that is not told. */
  public static OptionalDouble peakMib() {
    try {
      return mib(Path.of("/proc/self"), PEAK);
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble mib(Path process, Pattern pattern) throws IOException {
    Matcher line = pattern.matcher(Files.readString(process.resolve("status")));
    return line.find()
        ? OptionalDouble.of(Long.parseLong(line.group(1)) / KIB_PER_MIB)
        : OptionalDouble.empty();
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.count();
    }
  }
}
