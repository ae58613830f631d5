package io.framewarden.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.testkit.TestModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark measures what it says; how fast it is, nobody asserts. */
@Timeout(200)
class ScorerBenchIT {
  private static final int FACES = 1600;

  @TempDir Path folder;
  private final List<Long> progress = new ArrayList<>();

  @Test
  void measuresTheScorerBesideItsEngine() throws Exception {
    Map<String, Double> figures =
        new ScorerBench(config(), folder, FACES, 0.2, progress::add).run().values();

    assertEquals(FACES, figures.get("faces"));
    assertEquals(16, figures.get("batch"));
    assertTrue(figures.get("facesPerSecond") > 0, figures.toString());
    assertEquals(
        figures.get("facesPerSecond") / figures.get("bareFacesPerSecond"),
        figures.get("pipelineToBare"),
        1e-9);
    assertEquals(FACES, progress.get(progress.size() - 1), "every face was scored, once");
  }

  @Test
  void fewerFacesThanTwoTransactionsHaveNoRate() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ScorerBench(config(), folder, 63, 0.2, progress::add));
  }

  private static ScorerConfig config() throws Exception {
    return ScorerConfig.from(
        new Settings(
            Map.of(
                ScorerConfig.MODEL_DIR,
                TestModel.folder().toString(),
                ScorerConfig.BATCH_SIZE,
                "16",
                ScorerConfig.TRANSACTION_RECORDS,
                "32")));
  }
}
