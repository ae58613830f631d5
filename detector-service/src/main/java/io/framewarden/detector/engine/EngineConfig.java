package io.framewarden.detector.engine;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which engine scores, and how.
 *
 * @param kind the engine, or AUTO to probe for one
 * @param precision of the engines on a GPU; ONNX Runtime on the CPU is always float32
 * @param buckets batch sizes that GPU engines are built for
 * @param cacheFolder keeps compiled plans and optimised graphs over restarts; null for none, read
 *     it by {@link #cache}. GPU engines need it; without it ONNX Runtime optimises the graph at
 *     every start.
 * @param probeDeadline after which a probe that has not answered is killed
 * @param threads that share the faces of a batch on the CPU; 0 for one a core
 */
public record EngineConfig(
    EngineKind kind,
    Precision precision,
    BatchBuckets buckets,
    Path cacheFolder,
    Duration probeDeadline,
    int threads) {

  @ConfigDescription(
      "Inference engine; auto takes TensorRT where a probe finds that it works, else ONNX Runtime.")
  public static final String ENGINE = "FRAMEWARDEN_ENGINE";

  @ConfigDescription("Precision of engines on a GPU; ONNX Runtime on the CPU is always fp32.")
  public static final String PRECISION = "FRAMEWARDEN_ENGINE_PRECISION";

  @ConfigDescription("Batch sizes that GPU engines compile plans for.")
  public static final String BUCKETS = "FRAMEWARDEN_ENGINE_BUCKETS";

  @ConfigDescription(
      "Folder that keeps compiled plans and optimised graphs over restarts; no GPU is used without"
          + " it.")
  public static final String CACHE_DIR = "FRAMEWARDEN_ENGINE_CACHE_DIR";

  @ConfigDescription("How long the probe of a GPU engine may take, which compiles a plan.")
  public static final String PROBE_DEADLINE = "FRAMEWARDEN_ENGINE_PROBE_DEADLINE";

  @ConfigDescription("Threads of the engine on the CPU; 0 for one a core.")
  public static final String THREADS = "FRAMEWARDEN_SCORER_THREADS";

  public static EngineConfig from(Settings settings) {
    EngineConfig config =
        new EngineConfig(
            settings.choice(ENGINE, EngineKind.AUTO, EngineKind.class),
            settings.choice(PRECISION, Precision.FP32, Precision.class),
            buckets(settings),
            settings.path(CACHE_DIR).orElse(null),
            settings.duration(PROBE_DEADLINE, Duration.ofMinutes(10)),
            settings.integer(THREADS, 0, 0, 1024));
    if (config.needsCache() && config.cache().isEmpty()) {
      settings.problem(
          ENGINE
              + " is "
              + config.kind().label()
              + ", which keeps compiled plans: set "
              + CACHE_DIR
              + " to a folder that lasts");
    }
    return config;
  }

  /** The folder that keeps compiled plans and optimised graphs over restarts, if there is one. */
  public Optional<Path> cache() {
    return Optional.ofNullable(cacheFolder);
  }

  /** ONNX Runtime on the CPU, with nothing kept on disk. */
  public static EngineConfig onCpu(int threads) {
    return new EngineConfig(
        EngineKind.ONNXRUNTIME, Precision.FP32, BatchBuckets.DEFAULT, null, Duration.ZERO, threads);
  }

  /** The same settings for another engine. */
  public EngineConfig withKind(EngineKind other) {
    return new EngineConfig(other, precision, buckets, cacheFolder, probeDeadline, threads);
  }

  /** The same settings with another number of threads on the CPU. */
  public EngineConfig withThreads(int cpuThreads) {
    return new EngineConfig(kind, precision, buckets, cacheFolder, probeDeadline, cpuThreads);
  }

  private boolean needsCache() {
    return kind == EngineKind.TENSORRT || kind == EngineKind.ONNXRUNTIME_TENSORRT;
  }

  private static BatchBuckets buckets(Settings settings) {
    String text = settings.text(BUCKETS, BatchBuckets.DEFAULT.format());
    try {
      return BatchBuckets.parse(text);
    } catch (IllegalArgumentException e) {
      settings.problem(
          BUCKETS
              + " is "
              + text
              + ", which is not a list of whole numbers from 1 to "
              + BatchBuckets.MAX_SIZE
              + " such as "
              + BatchBuckets.DEFAULT.format());
      return BatchBuckets.DEFAULT;
    }
  }
}
