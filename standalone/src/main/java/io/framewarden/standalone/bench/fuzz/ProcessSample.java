package io.framewarden.standalone.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds at a moment; -1 where the system does not tell.
 *
 * @param descriptors open files
 * @param threads of Java and of natives
 * @param heapMib live objects, after a collection
 */
record ProcessSample(long descriptors, long threads, double heapMib) {
  private static final double MIB = 1 << 20;

  static ProcessSample now() {
    System.gc();
    Runtime java = Runtime.getRuntime();
    return new ProcessSample(
        entries("fd"), entries("task"), (java.totalMemory() - java.freeMemory()) / MIB);
  }

  private static long entries(String what) {
    try (Stream<Path> found = Files.list(Path.of("/proc/self", what))) {
      return found.count();
    } catch (IOException e) {
      return -1;
    }
  }
}
