package io.framewarden.detector.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineConfigTest {

  @Test
  void hasDefaults() {
    assertEquals(
        new EngineConfig(
            EngineKind.AUTO,
            Precision.FP32,
            new BatchBuckets(List.of(1, 4, 8, 16, 32, 64)),
            null,
            Duration.ofMinutes(10),
            0),
        read(Map.of()));
  }

  @Test
  void readsEveryVariable() {
    assertEquals(
        new EngineConfig(
            EngineKind.ONNXRUNTIME_TENSORRT,
            Precision.FP16,
            new BatchBuckets(List.of(2, 32)),
            Path.of("/cache"),
            Duration.ofSeconds(90),
            3),
        read(
            Map.of(
                "FRAMEWARDEN_ENGINE", "onnxruntime-tensorrt",
                "FRAMEWARDEN_ENGINE_PRECISION", "fp16",
                "FRAMEWARDEN_ENGINE_BUCKETS", "32,2",
                "FRAMEWARDEN_ENGINE_CACHE_DIR", "/cache",
                "FRAMEWARDEN_ENGINE_PROBE_DEADLINE", "90s",
                "FRAMEWARDEN_SCORER_THREADS", "3")));
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    String problems =
        problems(
            Map.of(
                "FRAMEWARDEN_ENGINE", "cuda",
                "FRAMEWARDEN_ENGINE_PRECISION", "int8",
                "FRAMEWARDEN_ENGINE_BUCKETS", "1,zero",
                "FRAMEWARDEN_ENGINE_PROBE_DEADLINE", "soon"));

    assertTrue(problems.contains("4 problem"), problems);
    assertTrue(problems.contains("onnxruntime-tensorrt"), problems);
  }

  @Test
  void anEngineWithPlansNeedsACacheFolder() {
    String problems = problems(Map.of("FRAMEWARDEN_ENGINE", "tensorrt"));

    assertTrue(problems.contains("FRAMEWARDEN_ENGINE_CACHE_DIR"), problems);
  }

  @Test
  void eachPrecisionHasItsTolerance() {
    assertEquals(1e-3, Precision.FP32.tolerance());
    assertEquals(2e-2, Precision.FP16.tolerance());
  }

  private static String problems(Map<String, String> environment) {
    return assertThrows(InvalidConfigurationException.class, () -> read(environment)).getMessage();
  }

  private static EngineConfig read(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    EngineConfig config = EngineConfig.from(settings);
    settings.check();
    return config;
  }
}
