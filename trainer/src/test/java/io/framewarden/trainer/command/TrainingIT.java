package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on a small drawn archive: stopped, resumed, exported, evaluated. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TrainingIT {
  private static final int STEPS = 6;
  @TempDir static Path folder;
  private static Path archive;

  @BeforeAll
  static void trainUninterrupted() throws IOException {
    archive = new DrawnArchive().reals(40).write(folder.resolve("faces.fwa"));
    CommandRun run = CommandRun.of(TrainerMain::run, train("whole"));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("heldout.auc"), run.out());
  }

  @Test
  void artifactOpensAndSaysWhereItComesFrom() {
    ModelArtifact model = ModelArtifact.open(folder.resolve("whole/model"));
    assertEquals("d1".repeat(32), model.manifest().extractionDigest());
    assertEquals(List.of("self-blend", "decoder"), model.manifest().training().domains());
    assertEquals(List.of("splice"), model.manifest().training().heldOutDomains());
    assertEquals("balanced", model.manifest().operatingPoints().get(0).name());
    assertTrue(model.manifest().metrics().containsKey("heldout.unseen.auc"));
    assertEquals(STEPS * 4, model.manifest().training().samples());
  }

  @Test
  void runThatWasKilledGoesOnToTheSameResult() throws Exception {
    Path run = folder.resolve("killed");
    Process process = start(train("killed"));
    awaitCheckpoint(run, process);
    process.destroyForcibly().waitFor();
    CommandRun resumed = CommandRun.of(TrainerMain::run, with(train("killed"), "--resume"));
    assertEquals(0, resumed.status(), resumed.err());
    assertArrayEquals(
        ModelArtifact.open(folder.resolve("whole/model")).goldenLogits(),
        ModelArtifact.open(run.resolve("model")).goldenLogits(),
        1e-4);
  }

  @Test
  void resumingWithAnotherRecipeIsRefused() {
    CommandRun run =
        CommandRun.of(TrainerMain::run, with(train("whole"), "--resume", "--lr", "0.5"));
    assertEquals(2, run.status());
    assertTrue(run.err().contains("another recipe"), run.err());
  }

  @Test
  void runIsNotStartedOverAnother() {
    CommandRun run = CommandRun.of(TrainerMain::run, train("whole"));
    assertEquals(2, run.status());
    assertTrue(run.err().contains("--resume"), run.err());
  }

  @Test
  void exportGivesTheSameModelAgain() {
    Path out = folder.resolve("exported");
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "export",
            folder.resolve("whole").toString(),
            "--out",
            out.toString());
    assertEquals(0, run.status(), run.err());
    assertEquals(
        ModelArtifact.open(folder.resolve("whole/model")).manifest().metrics(),
        ModelArtifact.open(out).manifest().metrics());
  }

  @Test
  void exportForAnotherExtractionIsEvaluatedOnItWithoutAWarning() throws IOException {
    String other =
        new DrawnArchive()
            .extraction("ee".repeat(32))
            .reals(45)
            .write(folder.resolve("other.fwa"))
            .toString();
    Path out = folder.resolve("for-both");
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "export",
            folder.resolve("whole").toString(),
            "--out",
            out.toString(),
            "--also-extracted",
            other);
    assertEquals(0, run.status(), run.err());
    ModelManifest manifest = ModelArtifact.open(out).manifest();
    assertEquals(List.of("d1".repeat(32), "ee".repeat(32)), manifest.extractionDigests());
    Map<String, Double> metrics = manifest.extractions().get(0).metrics();
    double unseen = metrics.get("heldout.people");
    assertTrue(unseen >= 5 && unseen < 40, metrics.toString());
    assertTrue(metrics.containsKey("heldout.flagged.balanced"), metrics.toString());
    assertFalse(metrics.containsKey("heldout.auc"), metrics.toString());
    assertTrue(run.out().contains("also for " + "ee".repeat(32)), run.out());
    assertFalse(evaluate(out, other).contains("extracted by recipe"));
    assertTrue(evaluate(folder.resolve("whole"), other).contains("extracted by recipe eeee"));
  }

  private static String evaluate(Path model, String archive) {
    CommandRun run =
        CommandRun.of(
            TrainerMain::run, "evaluate", model.toString(), "--on", archive, "--bootstrap", "0");
    assertEquals(0, run.status(), run.err());
    return run.err();
  }

  @Test
  void evaluationOnTrainingArchivesTakesUnseenPeopleOnly() throws IOException {
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "evaluate",
            folder.resolve("whole").toString(),
            "--on",
            archive.toString(),
            "--forge",
            "self-blend",
            "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode metrics = new ObjectMapper().readTree(run.out()).get("metrics");
    assertTrue(metrics.get("evaluation.reals").asInt() < 20, run.out());
    assertTrue(metrics.get("evaluation.auc").isNumber());
  }

  @Test
  void evaluationOnOneClassLeavesTheAucOut() throws IOException {
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "evaluate",
            folder.resolve("whole").toString(),
            "--on",
            archive.toString(),
            "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode metrics = new ObjectMapper().readTree(run.out()).get("metrics");
    assertFalse(metrics.has("evaluation.auc"), run.out());
  }

  private static String[] train(String run) {
    return new String[] {
      "train",
      archive.toString(),
      "--out",
      folder.resolve(run).toString(),
      "--steps",
      String.valueOf(STEPS),
      "--batch",
      "4",
      "--width",
      "0.25",
      "--checkpoint-every",
      "2",
      "--forge",
      "self-blend,decoder",
      "--hold-out-domain",
      "splice"
    };
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private static Process start(String[] arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "io.framewarden.trainer.command.TrainerMain"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Until the run has a checkpoint, or has ended, which is an interruption after the last step. */
  private static void awaitCheckpoint(Path run, Process process) throws Exception {
    Path checkpoints = run.resolve("checkpoints");
    while (!hasCheckpoint(checkpoints) && !process.waitFor(20, TimeUnit.MILLISECONDS)) {
      assertTrue(process.isAlive() || Files.isDirectory(checkpoints));
    }
  }

  private static boolean hasCheckpoint(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.anyMatch(file -> file.toString().endsWith(".safetensors"));
    }
  }
}
