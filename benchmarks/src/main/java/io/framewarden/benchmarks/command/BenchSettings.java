package io.framewarden.benchmarks.command;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.kafka.WorkerConfig;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/** How ingest and engine are set for benchmarks: by the environment, as a service is. */
final class BenchSettings {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration STALL = Duration.ofSeconds(20);

  private BenchSettings() {}

  /** As a service. */
  static IngestConfig ingest() {
    return IngestConfig.from(new Settings(System.getenv()));
  }

  /** As for a detector; but a broker of the benchmark's own shall not take the engine's time. */
  static EngineConfig besideABroker(EngineConfig given) {
    int processors = Runtime.getRuntime().availableProcessors();
    return given.threads() > 0 ? given : given.withThreads(Math.max(1, processors - 1));
  }

  /**
   * As a service on all processors, but with deadlines that a run can wait for, and one decoder
   * thread a video, since all processors have videos of their own.
   */
  static IngestConfig fuzz() {
    IngestConfig given = ingest();
    DecodeLimits limits = given.extraction().decoding().limits();
    SandboxConfig sandbox = given.sandbox();
    return new IngestConfig(
        given
            .extraction()
            .withDecoding(
                new DecodeOptions(
                    new DecodeLimits(
                        limits.maxBytes(), limits.maxPixels(), limits.maxStreams(), LONGEST),
                    1)),
        new WorkerConfig(
            Runtime.getRuntime().availableProcessors(),
            given.workers().instance(),
            given.workers().shutdownGrace()),
        new SandboxConfig(
            sandbox.mode(),
            sandbox.confinement(),
            sandbox.children(),
            sandbox.videosPerChild(),
            sandbox.memoryBytes(),
            sandbox.cpu(),
            STALL,
            DEADLINE,
            1),
        given.pace(),
        given.retries());
  }
}
