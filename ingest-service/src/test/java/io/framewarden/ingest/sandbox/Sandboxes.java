package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pools for tests, and a look at processes through /proc. */
final class Sandboxes {
  private Sandboxes() {}

  static SandboxConfig config(int videosPerChild, Duration stall, Duration deadline) {
    return new SandboxConfig(
        DecoderMode.CHILD,
        ConfinementPolicy.BEST,
        1,
        videosPerChild,
        4L << 30,
        Duration.ofHours(1),
        stall,
        deadline,
        1);
  }

  static SandboxConfig patient(int videosPerChild) {
    return config(videosPerChild, Duration.ofSeconds(60), Duration.ofSeconds(120));
  }

  static DecoderPool pool(SandboxConfig config, CollectorRegistry registry) {
    return new DecoderPool(config, 1, ExtractionConfig.defaults(), registry);
  }

  static DecoderPool odd(SandboxConfig config, CollectorRegistry registry) {
    return new DecoderPool(OddDecoder.class, config, 1, ExtractionConfig.defaults(), registry);
  }

  static double restarts(CollectorRegistry registry, ExitCause end) {
    return registry.getSampleValue(
        "framewarden_decoder_restarts_total", new String[] {"reason"}, new String[] {end.label()});
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
  }

  static long count(long pid, String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
      return entries.count();
    }
  }

  /** What a process has open, which may be at work. */
  static List<String> open(long pid) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      List<String> open = new ArrayList<>();
      for (Path entry : entries.toList()) {
        try {
          open.add(Files.readSymbolicLink(entry).toString());
        } catch (NoSuchFileException e) {
          // closed since it was listed
        }
      }
      return open;
    }
  }

  static List<String> lines(long pid, String file) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
  }

  static void awaitEnd(long pid) {
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
  }
}
