package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.scoring.ExtractionMismatch;
import io.framewarden.detector.scoring.ScoringPolicy;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorerConfigTest {

  @Test
  void hasDefaults() {
    assertEquals(
        new ScorerConfig(
            Path.of("models/default"),
            EngineConfig.from(new Settings(Map.of())),
            new ScorerConfig.Batches(32, Duration.ofMillis(20)),
            new ScorerConfig.Transactions(256, Duration.ofSeconds(1)),
            "",
            new ScoringPolicy(ExtractionMismatch.REFUSE, 0.5, 8)),
        read(Map.of()));
  }

  @Test
  void readsEveryVariable() {
    ScorerConfig config =
        read(
            Map.of(
                "FRAMEWARDEN_MODEL_DIR", "/m",
                "FRAMEWARDEN_SCORER_THREADS", "3",
                "FRAMEWARDEN_SCORER_BATCH_SIZE", "8",
                "FRAMEWARDEN_SCORER_LINGER", "5ms",
                "FRAMEWARDEN_SCORER_TRANSACTION_RECORDS", "64",
                "FRAMEWARDEN_SCORER_TRANSACTION_AGE", "2s",
                "FRAMEWARDEN_SCORER_INSTANCE", "scorer-0",
                "FRAMEWARDEN_EXTRACTION_MISMATCH", "flag",
                "FRAMEWARDEN_EVIDENCE_MIN_PROBABILITY", "0.8"));

    assertEquals(
        new ScorerConfig(
            Path.of("/m"),
            EngineConfig.from(new Settings(Map.of("FRAMEWARDEN_SCORER_THREADS", "3"))),
            new ScorerConfig.Batches(8, Duration.ofMillis(5)),
            new ScorerConfig.Transactions(64, Duration.ofSeconds(2)),
            "scorer-0",
            new ScoringPolicy(ExtractionMismatch.FLAG, 0.8, 8)),
        config);
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    String problems =
        assertThrows(
                InvalidConfigurationException.class,
                () ->
                    read(
                        Map.of(
                            "FRAMEWARDEN_SCORER_BATCH_SIZE", "0",
                            "FRAMEWARDEN_SCORER_LINGER", "2m",
                            "FRAMEWARDEN_EXTRACTION_MISMATCH", "ignore",
                            "FRAMEWARDEN_EVIDENCE_MIN_PROBABILITY", "NaN",
                            "FRAMEWARDEN_SCORER_BATCHSIZE", "8")))
            .getMessage();

    assertTrue(problems.contains("5 problem"), problems);
  }

  private static ScorerConfig read(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    ScorerConfig config = ScorerConfig.from(settings);
    settings.check();
    return config;
  }
}
