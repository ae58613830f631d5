package io.framewarden.detector.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.engine.EngineKind;
import io.framewarden.detector.engine.EngineSelection;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelRefusedException;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.config.Settings;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real probe in a real process; without TensorRT its failure is the real one too. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("slow")
class EngineSelectorTest {
  private static final Path GPU = Path.of("/dev/nvidiactl");

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    model = folder.resolve("model");
    TinyModel.write(model, "recipe");
  }

  @Test
  void withoutTensorRtItScoresOnOnnxRuntimeAndSaysWhy() {
    assumeTrue(!Files.exists(GPU), "this machine has a GPU: the probe may work");

    EngineSelection selection = select(Map.of(EngineConfig.CACHE_DIR, cache()));

    assertEquals(EngineKind.ONNXRUNTIME, selection.kind());
    String reason = selection.reason();
    assertTrue(reason.startsWith("tensorrt: "), reason);
    assertTrue(reason.contains("onnxruntime-tensorrt: "), reason);
    try (LoadedModel loaded = new ModelLoader(selection.factory(), 4).load(model)) {
      assertTrue(loaded.engine().name().startsWith("onnxruntime-"));
    }
    CollectorRegistry registry = new CollectorRegistry();
    new ScoringMetrics(registry).setEngine(selection);
    assertEquals(
        1.0,
        registry.getSampleValue(
            "framewarden_engine_info",
            new String[] {"engine", "reason"},
            new String[] {"onnxruntime", reason}));
  }

  @Test
  void namesTheLibraryThatIsMissing() {
    assumeTrue(!Files.exists(GPU), "this machine has a GPU");
    assumeTrue(System.getenv("LD_LIBRARY_PATH") == null, "libraries may be on the path");

    String reason = select(Map.of(EngineConfig.CACHE_DIR, cache())).reason();

    assertTrue(reason.contains("TensorRT does not start on this machine"), reason);
    assertTrue(reason.contains(".so"), reason);
  }

  @Test
  void withoutACacheFolderNoGpuEngineIsProbed() {
    EngineSelection selection = select(Map.of());

    assertEquals(EngineKind.ONNXRUNTIME, selection.kind());
    assertTrue(selection.reason().contains(EngineConfig.CACHE_DIR), selection.reason());
  }

  @Test
  void aConfiguredEngineIsSelectedWithoutAProbe() {
    assumeTrue(!Files.exists(GPU), "this machine has a GPU");
    EngineSelection selection =
        select(Map.of(EngineConfig.ENGINE, "tensorrt", EngineConfig.CACHE_DIR, cache()));

    assertEquals(EngineKind.TENSORRT, selection.kind());
    ModelLoader loader = new ModelLoader(selection.factory(), 4);
    ModelRefusedException refusal =
        assertThrows(ModelRefusedException.class, () -> loader.load(model));
    assertTrue(refusal.getMessage().contains("TensorRT"), refusal.getMessage());
  }

  @Test
  void theSearchCanBeCancelled() {
    EngineSelector selector = new EngineSelector(config(Map.of(EngineConfig.CACHE_DIR, cache())));

    assertThrows(InferenceException.class, () -> selector.select(model, () -> true));
  }

  private EngineSelection select(Map<String, String> environment) {
    EngineSelection selection = new EngineSelector(config(environment)).select(model, () -> false);
    System.out.println(selection.describe());
    return selection;
  }

  private static EngineConfig config(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    EngineConfig config = EngineConfig.from(settings);
    settings.check();
    return config;
  }

  private String cache() {
    return folder.resolve("cache").toString();
  }
}
