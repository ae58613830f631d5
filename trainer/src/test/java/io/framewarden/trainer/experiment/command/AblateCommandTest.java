package io.framewarden.trainer.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of two steps a run on a few drawn faces: what lies where, not what it reaches. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("slow")
class AblateCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir static Path folder;
  private static Path archive;
  private static Path out;
  private static CommandRun first;

  @BeforeAll
  static void trainTwoRowsWithOneSeed() throws IOException {
    archive = new DrawnArchive().reals(40).write(folder.resolve("faces.fwa"));
    out = folder.resolve("sweep");
    first = ablate(out, "--seeds", "4", "--variants", "did,bce");
    assertEquals(0, first.status(), first.err());
  }

  @Test
  void everyRunIsAFolderWithItsScores() throws IOException {
    for (String run : List.of("did-seed4", "bce-seed4")) {
      JsonNode scores = MAPPER.readTree(out.resolve(run).resolve("scores.json").toFile());
      assertEquals(run, scores.get("variant").asText() + "-seed" + scores.get("seed").asLong());
      assertEquals(2, scores.get("steps").asInt());
      assertEquals(4, RunRecord.read(out.resolve(run)).recipe().training().seed());
      double auc = scores.at("/heldOut/auc").asDouble(-1);
      assertTrue(auc >= 0 && auc <= 1, scores.toString());
      assertEquals(List.of("decoder"), strings(scores.at("/tested/heldOut")));
      assertEquals(List.of("self-blend", "splice"), strings(scores.at("/tested/seen")));
    }
    assertEquals(first.out().strip(), Files.readString(out.resolve("ablation.md")).strip());
    assertTrue(first.out().contains("resnet18, width 0.25"), first.out());
    assertTrue(first.out().contains("2 steps of 4 faces"), first.out());
    assertTrue(first.out().contains("stand in for real deepfakes"), first.out());
  }

  @Test
  void everyRunIsEvaluatedOnTheSameFacesAndBlurDoesNotKnowTheModel() throws IOException {
    JsonNode did = MAPPER.readTree(out.resolve("did-seed4/scores.json").toFile());
    JsonNode bce = MAPPER.readTree(out.resolve("bce-seed4/scores.json").toFile());
    assertEquals(did.get("tested"), bce.get("tested"));
    assertEquals(did.at("/heldOut/blurAuc"), bce.at("/heldOut/blurAuc"));
    // Three kinds share six pairs; the archive has no fakes of its own.
    assertEquals(6, did.at("/tested/fakes").asInt());
    assertEquals(6, did.at("/tested/reals").asInt());
  }

  @Test
  void diagnosticsKnowWhichPartsThereAre() throws IOException {
    JsonNode did = MAPPER.readTree(out.resolve("did-seed4/scores.json").toFile());
    double mask = did.at("/diagnostics/maskMean").asDouble(-1);
    assertTrue(mask > 0 && mask < 1, did.toString());
    assertTrue(did.at("/diagnostics/maskOverCells").asDouble() > 0, did.toString());
    assertTrue(did.at("/diagnostics/jsd").asDouble() < 0, did.toString());
    assertTrue(did.at("/diagnostics/seconds").asDouble() > 0, did.toString());
    assertEquals(2, did.at("/diagnostics/lastSteps").asInt());
    JsonNode bce = MAPPER.readTree(out.resolve("bce-seed4/scores.json").toFile());
    assertTrue(bce.at("/diagnostics/maskMean").isMissingNode(), bce.toString());
    assertTrue(bce.at("/diagnostics/jsd").isMissingNode(), bce.toString());
    // Cross-entropy alone is the whole loss of the plain baseline.
    assertEquals(
        bce.at("/diagnostics/total").asDouble(), bce.at("/diagnostics/bce").asDouble(), 1e-6);
  }

  @Test
  void doneRunsAreNotDoneAgainAndAnotherSeedIsPutBesideThem() throws IOException {
    Path sweep = folder.resolve("again");
    copy(out, sweep);
    Path scores = sweep.resolve("did-seed4/scores.json");
    FileTime written = Files.getLastModifiedTime(scores);
    FileTime trained = Files.getLastModifiedTime(checkpoint(sweep.resolve("did-seed4")));

    CommandRun second = ablate(sweep, "--seeds", "4,5", "--variants", "did");
    assertEquals(0, second.status(), second.err());
    assertTrue(second.err().contains("did-seed4: done"), second.err());
    assertEquals(written, Files.getLastModifiedTime(scores), "evaluated again");
    assertEquals(
        trained, Files.getLastModifiedTime(checkpoint(sweep.resolve("did-seed4"))), "trained");
    JsonNode table = MAPPER.readTree(sweep.resolve("ablation.json").toFile());
    assertEquals(2, table.at("/rows/0/heldOutAuc/runs").asInt());
    assertEquals(1, table.at("/rows/1/heldOutAuc/runs").asInt(), "the other rows stay");
    assertEquals(List.of("bce-seed5"), strings(table.get("missing")));
    assertTrue(second.out().contains("**1 of 4 runs are still missing**"), second.out());
  }

  @Test
  void otherTestFacesAreEvaluatedWithoutTraining() throws IOException {
    Path sweep = folder.resolve("reevaluated");
    copy(out, sweep);
    FileTime trained = Files.getLastModifiedTime(checkpoint(sweep.resolve("did-seed4")));
    String before = Files.readString(sweep.resolve("did-seed4/scores.json"));
    CommandRun other = ablate(sweep, "--seeds", "4", "--variants", "did", "--test-faces", "3");
    assertEquals(0, other.status(), other.err());
    assertEquals(trained, Files.getLastModifiedTime(checkpoint(sweep.resolve("did-seed4"))));
    assertNotEquals(before, Files.readString(sweep.resolve("did-seed4/scores.json")));
    // The baseline was evaluated on other faces: its metrics do not stand beside these.
    assertTrue(other.out().contains("still missing**: bce-seed4"), other.out());
  }

  @Test
  void runThatSomebodyElseIsOnIsLeftToThem() throws IOException {
    Path sweep = folder.resolve("shared");
    copy(out, sweep);
    RunFolder run = new RunFolder(sweep.resolve("did-seed6"));
    try (RunFolder.Lock theirs = run.tryLock().orElseThrow()) {
      CommandRun mine = ablate(sweep, "--seeds", "6", "--variants", "did");
      assertEquals(0, mine.status(), mine.err());
      assertTrue(mine.err().contains("did-seed6: another process is on it"), mine.err());
      assertFalse(RunRecord.isIn(sweep.resolve("did-seed6")));
      assertTrue(mine.out().contains("did-seed6"), "it is missing in the table");
    }
    try (RunFolder.Lock again = run.tryLock().orElseThrow()) {
      assertTrue(run.tryLock().isEmpty(), "taken twice");
    }
  }

  @Test
  void anotherRecipeInTheSameFolderIsRefused() {
    CommandRun other = ablate(out, "--seeds", "9", "--variants", "did", "--width", "0.5");
    assertEquals(2, other.status(), other.out());
    assertTrue(other.err().contains("another recipe"), other.err());
    assertFalse(Files.exists(out.resolve("did-seed9")));
  }

  private static CommandRun ablate(Path sweep, String... more) {
    Stream<String> arguments =
        Stream.of(
            "ablate",
            archive.toString(),
            "--out",
            sweep.toString(),
            "--forge",
            "self-blend,decoder,splice",
            "--hold-out-domain",
            "decoder",
            "--steps",
            "2",
            "--batch",
            "4");
    Stream<String> width =
        List.of(more).contains("--width") ? Stream.of() : Stream.of("--width", "0.25");
    Stream<String> faces =
        List.of(more).contains("--test-faces") ? Stream.of() : Stream.of("--test-faces", "6");
    return CommandRun.of(
        ExperimentMain::run,
        Stream.of(arguments, width, faces, Stream.of(more))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private static List<String> strings(JsonNode list) {
    return MAPPER.convertValue(
        list, MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  private static Path checkpoint(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.max(Path::compareTo).orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
