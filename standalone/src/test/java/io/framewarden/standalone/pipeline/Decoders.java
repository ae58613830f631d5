package io.framewarden.standalone.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The decoder processes of a pipeline in this process, by what they have open. */
final class Decoders {
  private Decoders() {}

  /**
   * The process below this one that has the upload's file open, by whatever name it has in the
   * sandbox; -1 when none does.
   */
  static long of(String videoId) {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> hasOpen(child.pid(), "/" + videoId))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(-1);
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
  }

  private static boolean hasOpen(long pid, String end) {
    try (var entries = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path entry : entries.toList()) {
        if (Files.readSymbolicLink(entry).toString().endsWith(end)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // it has ended, or has closed one since
    }
    return false;
  }
}
