package io.framewarden.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.PolicySettings;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.lifecycle.Service;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorConfigTest {

  @Test
  void runsBothRolesByDefault() {
    assertEquals(List.of("scorer", "verdicts"), servicesOf(Map.of()));
    assertEquals(List.of("scorer"), servicesOf(Map.of("FRAMEWARDEN_ROLE", "scorer")));
    assertEquals(List.of("verdicts"), servicesOf(Map.of("FRAMEWARDEN_ROLE", "verdicts")));
  }

  @Test
  void aRoleIgnoresTheOtherRolesVariablesEvenBadOnes() {
    read(Map.of("FRAMEWARDEN_ROLE", "scorer", VerdictConfig.THREADS, "none"));
    read(Map.of("FRAMEWARDEN_ROLE", "verdicts", ScorerConfig.BATCH_SIZE, "none"));
  }

  @Test
  void reportsTheMistakesOfEveryPartAtOnce() {
    String problems =
        assertThrows(
                InvalidConfigurationException.class,
                () ->
                    read(
                        Map.of(
                            ScorerConfig.BATCH_SIZE,
                            "many",
                            VerdictConfig.THREADS,
                            "0",
                            "FRAMEWARDEN_HTTP_PORT",
                            "-1",
                            "FRAMEWARDEN_SCORER_BTACH",
                            "1")))
            .getMessage();

    assertTrue(problems.contains("4 problem"), problems);
  }

  @Test
  void usesTheModelsOperatingPointWhereItScoresToo(@TempDir Path folder) throws Exception {
    TinyModel.write(folder, "recipe");
    String model = folder.toString();

    assertEquals(0.5, fakeAt(Map.of(ScorerConfig.MODEL_DIR, model)));
    assertEquals(0.9, fakeAt(Map.of(ScorerConfig.MODEL_DIR, model, PolicySettings.FAKE_AT, "0.9")));
    assertEquals(0.7, fakeAt(Map.of("FRAMEWARDEN_ROLE", "verdicts")), "no model is known");
  }

  private static double fakeAt(Map<String, String> environment) {
    DetectorConfig config = read(environment).withModelOperatingPoint();
    return config.verdicts().policy().operatingPoint().fakeAt();
  }

  private static List<String> servicesOf(Map<String, String> environment) {
    return read(environment).services(new CollectorRegistry()).stream().map(Service::name).toList();
  }

  private static DetectorConfig read(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    DetectorConfig config = DetectorConfig.from(settings);
    settings.check();
    return config;
  }
}
