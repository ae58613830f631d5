package io.framewarden.benchmarks.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds at a moment.
 *
 * @param descriptors open files
 * @param threads of Java and of natives
 * @param residentMib memory that is really there
 */
record ProcessSample(long descriptors, long threads, double residentMib) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double KIB_PER_MIB = 1024;

  /** This process; zeros where the system does not tell. */
  static ProcessSample ofThis() {
    return of(ProcessHandle.current().pid()).orElse(new ProcessSample(0, 0, 0));
  }

  /** A process; empty when it has ended, or where the system does not tell. */
  static Optional<ProcessSample> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(process.resolve("status")));
      return resident.find()
          ? Optional.of(
              new ProcessSample(
                  entries(process.resolve("fd")),
                  entries(process.resolve("task")),
                  Long.parseLong(resident.group(1)) / KIB_PER_MIB))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.count();
    }
  }
}
