package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import io.framewarden.trainer.training.LossLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two small runs, the method and the plain baseline, evaluated in every way there is. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EvaluationIT {
  @TempDir static Path folder;
  private static String archive;
  private static String other;

  @BeforeAll
  static void trainTwoRuns() throws IOException {
    archive = new DrawnArchive().reals(30).write(folder.resolve("faces.fwa")).toString();
    other =
        new DrawnArchive()
            .reals(8)
            .fakes(8, "unheard-of")
            .write(folder.resolve("other.fwa"))
            .toString();
    train("did");
    train("plain", "--plain", "--no-report");
  }

  @Test
  void runEndsWithItsReportAndItsLosses() throws IOException {
    Path run = folder.resolve("did");
    String page = Files.readString(run.resolve("report/report.html"));
    assertTrue(page.contains("<section id=\"confusion\">"));
    assertTrue(page.contains("pseudo-fakes"));
    assertEquals(16, LossLog.read(run.resolve("losses.csv")).size());
    assertFalse(Files.exists(folder.resolve("plain/report")));
  }

  @Test
  void enginesAgreeOnEveryFace() {
    CommandRun both = evaluate("did", "--engine", "both");
    assertEquals(0, both.status(), both.err());
    assertTrue(both.err().contains("differ by at most"), both.err());
  }

  @Test
  void graphOfAnotherRunIsNotThatOfTheCheckpoint() throws IOException {
    Path mixed = folder.resolve("mixed");
    copy(folder.resolve("did"), mixed, "run.json", "checkpoints");
    copy(folder.resolve("plain"), mixed, "model");
    CommandRun run = evaluate("mixed", "--engine", "both");
    assertEquals(2, run.status(), run.out());
    assertTrue(run.err().contains("the exported graph"), run.err());
  }

  @Test
  void plainBaselineIsEvaluatedFromItsCheckpoint() throws IOException {
    Path report = folder.resolve("plain-report");
    Path checkpoint;
    try (Stream<Path> files = Files.list(folder.resolve("plain/checkpoints"))) {
      checkpoint = files.max(Path::compareTo).orElseThrow();
    }
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "evaluate",
            checkpoint.toString(),
            "--on",
            other,
            "--json",
            "--bootstrap",
            "20",
            "--scores",
            folder.resolve("scores.csv").toString(),
            "--report",
            report.toString());
    assertEquals(0, run.status(), run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertTrue(json.at("/metrics/evaluation.auc").isNumber(), run.out());
    assertTrue(json.at("/intervals/evaluation.unseen.auc/1").isNumber(), run.out());
    List<String> rows = Files.readAllLines(folder.resolve("scores.csv"));
    assertEquals("video,identity,domain,fake,logit,probability,blur", rows.get(0));
    assertEquals(16, rows.size() - 1);
    assertEquals(8, rows.stream().filter(row -> row.contains(",unheard-of,true,")).count());
    String page = Files.readString(report.resolve("report.html"));
    assertFalse(page.contains("<section id=\"confusion\">"));
    assertTrue(page.contains("plain baseline"));
  }

  @Test
  void runsAreComparedAndFacesAreCorrupted() throws IOException {
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "evaluate",
            folder.resolve("did/model").toString(),
            "--on",
            other,
            "--json",
            "--bootstrap",
            "0",
            "--robustness",
            "--robustness-faces",
            "4",
            "--beside",
            folder.resolve("plain").toString());
    assertEquals(0, run.status(), run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals(9, json.at("/robustness/corruptions").size(), run.out());
    assertEquals("plain", json.at("/runs/1/name").asText());
    assertEquals(1.0, json.at("/runs/1/alpha").asDouble());
    assertTrue(json.at("/intervals").isEmpty());
  }

  @Test
  void artifactAloneHasNoCheckpointToScoreWith() {
    CommandRun run = evaluate("did/model", "--engine", "djl");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("name the run folder"), run.err());
  }

  @Test
  void exportCalibratesOnAnotherArchive() {
    Path out = folder.resolve("calibrated");
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "export",
            folder.resolve("did").toString(),
            "--out",
            out.toString(),
            "--calibrate-on",
            other,
            "--calibration",
            "temperature",
            "--fpr",
            "0.25");
    assertEquals(0, run.status(), run.err());
    var manifest = ModelArtifact.open(out).manifest();
    assertEquals("temperature", manifest.calibration().method());
    assertEquals("fpr-0.25", manifest.operatingPoints().get(3).name());
    assertEquals("other.fwa", manifest.training().recipe().at("/calibratedOn/0").asText());
  }

  @Test
  void calibratingNeedsBothClasses() {
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "export",
            folder.resolve("did").toString(),
            "--out",
            folder.resolve("never").toString(),
            "--calibrate-on",
            archive);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("real and fake faces are needed"), run.err());
  }

  private static void train(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                archive,
                "--out",
                folder.resolve(name).toString(),
                "--steps",
                "16",
                "--batch",
                "4",
                "--width",
                "0.25",
                "--forge",
                "self-blend,decoder"));
    arguments.addAll(List.of(more));
    CommandRun run = CommandRun.of(TrainerMain::run, arguments.toArray(String[]::new));
    assertEquals(0, run.status(), run.err());
  }

  private static CommandRun evaluate(String model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate", folder.resolve(model).toString(), "--on", other, "--bootstrap", "0"));
    arguments.addAll(List.of(more));
    return CommandRun.of(TrainerMain::run, arguments.toArray(String[]::new));
  }

  private static void copy(Path from, Path to, String... names) throws IOException {
    for (String name : names) {
      try (Stream<Path> files = Files.walk(from.resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path target = to.resolve(from.relativize(file));
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }
}
