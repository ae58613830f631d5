package io.framewarden.detector.engine.tensorrt;

import java.util.List;
import java.util.Optional;

/**
 * What a plan is compiled for beside its model: TensorRT refuses, or worse, misuses plans of other
 * versions and devices.
 *
 * @param gpu the device's name, such as {@code NVIDIA L4}
 * @param computeCapability such as {@code 8.9}
 * @param tensorRt version, such as {@code 8.6.1}
 */
public record GpuTarget(String gpu, String computeCapability, String tensorRt) {
  private static final String MARKER = "framewarden-gpu";

  /** One line for another process to read. */
  public String toLine() {
    return String.join("\t", MARKER, tensorRt, computeCapability, gpu);
  }

  /** What {@link #toLine} wrote, among lines that native libraries may have printed too. */
  public static Optional<GpuTarget> findIn(List<String> lines) {
    return lines.stream()
        .map(line -> line.split("\t", -1))
        .filter(parts -> parts.length == 4 && parts[0].equals(MARKER))
        .map(parts -> new GpuTarget(parts[3], parts[2], parts[1]))
        .findFirst();
  }
}
