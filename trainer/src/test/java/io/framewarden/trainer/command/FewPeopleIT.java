package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on a handful of drawn people: it runs to its end, and what it made says how few. */
class FewPeopleIT {
  @TempDir Path folder;

  @Test
  void onePersonTrainsAModelThatClaimsNothing() throws IOException {
    CommandRun run = train(1);
    assertTrue(run.err().contains("warning: 1 person in all: 1 to train on"), run.err());
    assertTrue(run.err().contains("warning: Nobody to evaluate on"), run.err());
    assertTrue(run.err().contains("warning: Nobody to calibrate on"), run.err());
    ModelManifest model = model();
    assertEquals(List.of(OperatingPoint.UNCALIBRATED), model.operatingPoints());
    assertEquals("none", model.calibration().method());
    assertEquals(0.0, model.metrics().get("heldout.people"));
    assertFalse(model.metrics().containsKey("heldout.auc"), model.metrics().toString());
    assertTrue(model.description().contains("It is not calibrated"), model.description());
    String page = page();
    assertTrue(page.contains("Nobody to evaluate on: there are no metrics."));
    assertFalse(page.contains(">0.500<"), "an absent metric must not look like chance");
    CommandRun evaluated = evaluate();
    assertEquals(2, evaluated.status());
    assertTrue(evaluated.err().contains("leaves nobody to evaluate on"), evaluated.err());
  }

  @Test
  void threePeopleAreEvaluatedOnOneOfThem() throws IOException {
    CommandRun run = train(3);
    assertTrue(run.err().contains("2 to train on, 0 to calibrate on, 1 to evaluate on"), run.err());
    ModelManifest model = model();
    assertEquals(List.of(OperatingPoint.UNCALIBRATED), model.operatingPoints());
    assertEquals(1.0, model.metrics().get("heldout.people"));
    assertTrue(model.metrics().containsKey("heldout.auc"), model.metrics().toString());
    assertTrue(card().contains("Metrics of 1 person only: they are rough."), card());
    assertTrue(page().contains("The metrics are of 1 person only: there are no intervals."));
    assertEquals(0, evaluate().status());
  }

  @Test
  void tenPeopleGiveMetricsAndThresholds() throws IOException {
    CommandRun run = train(10);
    assertTrue(run.err().contains("warning: 10 people in all"), run.err());
    assertFalse(run.err().contains("Nobody"), run.err());
    ModelManifest model = model();
    assertEquals("balanced", model.operatingPoints().get(0).name());
    assertTrue(model.metrics().get("heldout.people") >= 1);
    assertTrue(model.metrics().containsKey("heldout.auc"), model.metrics().toString());
    assertEquals(
        10,
        model.training().recipe().at("/people/train").asInt()
            + model.training().recipe().at("/people/validation").asInt()
            + model.training().recipe().at("/people/test").asInt());
  }

  private CommandRun train(int people) throws IOException {
    new DrawnArchive().reals(people).write(archive());
    CommandRun run =
        CommandRun.of(
            TrainerMain::run,
            "train",
            archive().toString(),
            "--out",
            folder.resolve("run").toString(),
            "--steps",
            "16",
            "--batch",
            "4",
            "--width",
            "0.25",
            "--forge",
            "swap,splice");
    assertEquals(0, run.status(), run.err());
    return run;
  }

  private CommandRun evaluate() {
    return CommandRun.of(
        TrainerMain::run,
        "evaluate",
        folder.resolve("run").toString(),
        "--on",
        archive().toString(),
        "--forge",
        "splice");
  }

  private Path archive() {
    return folder.resolve("faces.fwa");
  }

  private ModelManifest model() {
    return ModelArtifact.open(folder.resolve("run/model")).manifest();
  }

  private String card() throws IOException {
    return Files.readString(folder.resolve("run/model/report.md"));
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("run/report/report.html"));
  }
}
