package io.framewarden.detector.engine.onnxruntime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this machine's processor can do, as far as optimised graphs depend on it. */
final class CpuFeatures {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final List<String> FIELDS =
      List.of("model name", "flags", "Features", "CPU part", "CPU implementer");

  private CpuFeatures() {}

  /** Architecture, name and instruction sets where the system reports them, on one line. */
  static String describe() {
    String architecture = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      List<String> features =
          lines
              .takeWhile(line -> !line.isBlank()) // all cores are like the first
              .filter(line -> FIELDS.stream().anyMatch(line::startsWith))
              .map(line -> line.replaceAll("\\s+", " ").strip())
              .toList();
      return architecture + "; " + String.join("; ", features);
    } catch (IOException e) {
      return architecture;
    }
  }
}
