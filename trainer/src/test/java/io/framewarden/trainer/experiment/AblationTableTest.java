package io.framewarden.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.experiment.AblationScores.Diagnostics;
import io.framewarden.trainer.experiment.AblationScores.GroupMetrics;
import io.framewarden.trainer.experiment.AblationScores.TestSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics beside these scores were worked out by hand. */
class AblationTableTest {
  private static final TestSet TESTED =
      new TestSet("d", 6, 6, List.of("self-blend"), List.of("decoder", "splice"));

  @TempDir Path folder;

  @Test
  void rowsHoldMeanAndSampleDeviationOverSeeds() {
    // 0.7, 0.8, 0.9: deviations -0.1, 0, 0.1, sum of squares 0.02, over n - 1 = 2: 0.1.
    AblationTable table = table(List.of(), did(1, 0.7), did(2, 0.8), did(3, 0.9));
    Spread auc = table.metric("did", AblationScores::heldOut, GroupMetrics::auc).orElseThrow();
    assertEquals(3, auc.runs());
    assertEquals(0.8, auc.mean(), 1e-12);
    assertEquals(0.1, auc.deviation(), 1e-12);
    assertTrue(
        table
            .markdown()
            .contains(
                "| DID | 3 | 0.800 ± 0.100 | 0.200 ± 0.100 | — | 0.950 ± 0.000 | 0.700 ± 0.100 |"
                    + " 0.900 ± 0.100 |"),
        table.markdown());
  }

  @Test
  void oneSeedHasNoDeviation() {
    AblationTable table = table(List.of(), did(1, 0.7));
    assertNull(
        table.metric("did", AblationScores::heldOut, GroupMetrics::auc).orElseThrow().deviation());
    assertTrue(table.markdown().contains("| DID | 1 | 0.700 | 0.300 |"), table.markdown());
  }

  @Test
  void differencesAreOfTheSameSeedOnly() {
    // Seed 1: 0.60 - 0.70 = -0.10; seed 2: 0.82 - 0.80 = 0.02; seed 4 has no DID beside it.
    AblationTable table =
        table(List.of(), did(1, 0.7), did(2, 0.8), bce(1, 0.6), bce(2, 0.82), bce(4, 0.1));
    Spread difference = table.difference("bce").orElseThrow();
    assertEquals(2, difference.runs());
    assertEquals(-0.04, difference.mean(), 1e-12);
    // Deviations -0.06 and 0.06: the root of 0.0072.
    assertEquals(Math.sqrt(0.0072), difference.deviation(), 1e-12);
    assertTrue(table.markdown().contains("| -0.040 ± 0.085 |"), table.markdown());
  }

  @Test
  void rowWithoutRunsIsAbsent() {
    AblationTable table = table(List.of("bce-seed1"), did(1, 0.7));
    assertTrue(
        table.markdown().contains("| plain BCE | 0 | absent | absent | absent | absent |"),
        table.markdown());
  }

  @Test
  void missingRunsAreCountedAndNamed() {
    String some = table(List.of("bce-seed1", "bce-seed2"), did(1, 0.7)).markdown();
    assertTrue(some.contains("**2 of 3 runs are still missing**: bce-seed1, bce-seed2."), some);
    String all = table(List.of(), did(1, 0.7)).markdown();
    assertTrue(all.contains("All 1 runs are done."), all);
    assertFalse(all.contains("missing"), all);
  }

  @Test
  void blurStandsBelowTheRows() {
    String text = table(List.of(), did(1, 0.7)).markdown();
    assertTrue(
        text.contains("| blur baseline | — | 0.550 | 0.470 | — | 0.550 | 0.550 | 0.550 |"), text);
  }

  @Test
  void diagnosticsAreMeansOfTheRunsThatHaveThem() {
    String text = table(List.of(), did(1, 0.7), did(3, 0.7), bce(1, 0.6)).markdown();
    // Mask means 0.1 and 0.3, seconds 10 and 30; the plain baseline has no mask and no T.
    assertTrue(
        text.contains("| DID | 0.200 | 0.020 | 0.010 | -1.300 | 2.000 | 0.500 | 20 |"), text);
    assertTrue(
        text.contains("| plain BCE | absent | absent | absent | absent | 2.000 | 0.500 | 10 |"),
        text);
  }

  @Test
  void filesHoldTheSameMetricsAndNothingElseIsLeft() throws IOException {
    AblationTable table = table(List.of("bce-seed2"), did(1, 0.7), did(2, 0.8), bce(1, 0.6));
    table.write(folder);
    table.write(folder);
    assertEquals(table.markdown(), Files.readString(folder.resolve("ablation.md")));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("ablation.json").toFile());
    assertEquals(0.75, json.at("/rows/0/heldOutAuc/mean").asDouble(), 1e-12);
    assertEquals(-0.1, json.at("/rows/1/difference/mean").asDouble(), 1e-12);
    assertTrue(json.at("/rows/1/difference/deviation").isMissingNode(), "one seed has no spread");
    assertEquals(0.6 - 0.1, json.at("/rows/1/domainAuc/decoder/mean").asDouble(), 1e-12);
    assertEquals("bce-seed2", json.at("/missing/0").asText());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("ablation.json", "ablation.md"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static AblationTable table(List<String> missing, AblationScores... runs) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("did", "DID");
    rows.put("bce", "plain BCE");
    return new AblationTable(
        Map.of("Network", "drawn"), rows, "did", TESTED, List.of(runs), missing);
  }

  private static AblationScores did(long seed, double auc) {
    return scores(
        "did",
        seed,
        auc,
        new Diagnostics(seed / 10.0, 0.02, 0.01, -1.3, 2.0, 0.5, 100, seed * 10.0));
  }

  private static AblationScores bce(long seed, double auc) {
    return scores(
        "bce", seed, auc, new Diagnostics(null, null, null, null, 2.0, 0.5, 100, seed * 10.0));
  }

  private static AblationScores scores(
      String variant, long seed, double auc, Diagnostics diagnostics) {
    TreeMap<String, GroupMetrics> domains = new TreeMap<>();
    domains.put("decoder", metrics(auc - 0.1));
    domains.put("splice", metrics(auc + 0.1));
    domains.put("self-blend", metrics(0.95));
    return new AblationScores(
        variant, seed, 2, TESTED, metrics(auc), metrics(0.95), domains, diagnostics);
  }

  private static GroupMetrics metrics(double auc) {
    return new GroupMetrics(auc, 1 - auc, 0.55, 0.47);
  }
}
