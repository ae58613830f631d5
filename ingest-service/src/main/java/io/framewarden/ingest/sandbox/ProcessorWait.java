package io.framewarden.ingest.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long a process had work to do and no processor to do it on, as Linux counts it for each
 * thread (the second number of {@code schedstat}). Elsewhere, and where the kernel does not count
 * it, nothing is ever waited. One thread.
 */
final class ProcessorWait implements LongSupplier {
  private final Path threads;
  private Map<String, Long> last = new HashMap<>();

  private ProcessorWait(Path threads) {
    this.threads = threads;
  }

  /** Counts from now on. */
  static ProcessorWait of(long pid) {
    ProcessorWait wait = new ProcessorWait(Path.of("/proc", Long.toString(pid), "task"));
    wait.getAsLong();
    return wait;
  }

  /**
   * The nanoseconds since the last call in which the thread that waited longest waited for a
   * processor. Threads wait side by side, so that their sum would be more than the time that
   * passed.
   */
  @Override
  public long getAsLong() {
    Map<String, Long> now = new HashMap<>();
    long most = 0;
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        String id = thread.getFileName().toString();
        long waited = nanos(thread);
        now.put(id, waited);
        most = Math.max(most, waited - last.getOrDefault(id, waited));
      }
    } catch (IOException e) {
      return 0; // it has ended, or this is not Linux
    }
    last = now;
    return most;
  }

  /** Of one thread since its start; 0 for one that has ended since it was listed. */
  private static long nanos(Path thread) {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[1]);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return 0;
    }
  }
}
