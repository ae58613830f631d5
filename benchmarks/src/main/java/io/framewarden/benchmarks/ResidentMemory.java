package io.framewarden.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This process' resident memory, where the system tells: Linux does. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern LINE = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double KIB_PER_MIB = 1024;

  private ResidentMemory() {}

  static OptionalDouble mib() {
    try {
      Matcher line = LINE.matcher(Files.readString(STATUS));
      return line.find()
          ? OptionalDouble.of(Long.parseLong(line.group(1)) / KIB_PER_MIB)
          : OptionalDouble.empty();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
