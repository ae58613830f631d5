package io.framewarden.trainer.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import io.framewarden.trainer.report.chart.PlotDrawing;
import io.framewarden.trainer.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The paper's chains on a few drawn faces: that they run to their tables, not what they reach. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReproduceIT {
  @TempDir static Path folder;
  private static Path ffpp;
  private static Path celebdf;

  @BeforeAll
  static void drawArchives() throws IOException {
    DrawnArchive trained = new DrawnArchive();
    for (String split : new String[] {"train", "validation", "test"}) {
      for (int i = 0; i < 4; i++) {
        trained.face(split + i, false, "", split);
        trained.face(split + i, true, i % 2 == 0 ? "Deepfakes" : "FaceSwap", split);
        trained.face(split + i, true, "FaceShifter", split);
      }
    }
    ffpp = trained.write(folder.resolve("ffpp.fwa"));
    celebdf = new DrawnArchive().reals(5).fakes(5, "Celeb").write(folder.resolve("celebdf.fwa"));
  }

  @Test
  void tablesStandBesideThePapersAndShareTheirModels() throws IOException {
    Path out = folder.resolve("tables");
    CommandRun first = reproduce("table1", out);
    assertEquals(0, first.status(), first.err());
    assertTrue(first.out().contains("resnet18 instead of the paper's efficientnetv2-l"));
    assertTrue(
        first.out().contains("Left out of ffpp, as the paper does not have it: FaceShifter"));
    assertTrue(first.out().contains("Trained on 4 real and 4 fake faces of ffpp"), first.out());
    assertTrue(first.out().contains("Tested on 4 real and 4 fake faces of ffpp"), first.out());
    Path checkpoint = checkpoint(out.resolve("ffpp-resnet18-did"));
    assertEquals(
        List.of("Deepfakes", "FaceSwap"),
        RunRecord.read(out.resolve("ffpp-resnet18-did")).domains());
    FileTime written = Files.getLastModifiedTime(checkpoint);

    CommandRun second = reproduce("table4", out);
    assertEquals(0, second.status(), second.err());
    assertEquals(written, Files.getLastModifiedTime(checkpoint), "the model was trained again");
    for (String reading : List.of("C_bar on I_os", "C_bar left out too")) {
      String row = "| DID without A_dom, %s | resnet18, 2 steps of 4 | 0.763 | ";
      assertTrue(second.out().contains(row.formatted(reading)), second.out());
    }
    JsonNode table = new ObjectMapper().readTree(out.resolve("table4.json").toFile());
    JsonNode did = table.at("/rows/3/metrics/1");
    assertEquals(0.286, did.get("paper").asDouble());
    assertTrue(did.get("ours").asDouble() >= 0 && did.get("ours").asDouble() <= 1);
    assertEquals(second.out().strip(), Files.readString(out.resolve("table4.md")).strip());
    assertEquals(
        PlotDrawing.unavailable().isEmpty(), Files.exists(out.resolve("table4-roc-runs.svg")));

    CommandRun third = reproduce("fig7", out);
    assertEquals(0, third.status(), third.err());
    assertEquals(written, Files.getLastModifiedTime(checkpoint), "the model was trained again");
    for (String features : List.of("backbone", "deepfake", "domain")) {
      assertEquals(
          PlotDrawing.unavailable().isEmpty(),
          Files.exists(out.resolve("fig7-tsne-" + features + ".svg")));
    }
  }

  @Test
  void otherBudgetInTheSameFolderIsRefused() {
    Path out = folder.resolve("budget");
    assertEquals(0, reproduce("table1", out).status());
    CommandRun other = reproduce("table1", out, "--budget", "3");
    assertEquals(2, other.status(), other.out());
    assertTrue(other.err().contains("another recipe"), other.err());
  }

  @Test
  void missingArchiveIsNamedBeforeAnythingIsTrained() {
    Path out = folder.resolve("missing");
    CommandRun run =
        CommandRun.of(
            ExperimentMain::run,
            "reproduce",
            "table1",
            "--data",
            "ffpp=" + ffpp + ",celebdf=nowhere.fwa",
            "--out",
            out.toString());
    assertEquals(2, run.status());
    assertTrue(run.err().contains("nowhere.fwa"), run.err());
    assertFalse(Files.exists(out));
  }

  private static CommandRun reproduce(String experiment, Path out, String... more) {
    Stream<String> arguments =
        Stream.of(
            "reproduce",
            experiment,
            "--data",
            "ffpp=" + ffpp + (experiment.equals("fig7") ? "" : ",celebdf=" + celebdf),
            "--out",
            out.toString(),
            "--backbone",
            "resnet18",
            "--width",
            "0.25",
            "--batch",
            "4",
            "--bootstrap",
            "20");
    Stream<String> budget = more.length > 0 ? Stream.of(more) : Stream.of("--budget", "2");
    return CommandRun.of(
        ExperimentMain::run, Stream.concat(arguments, budget).toArray(String[]::new));
  }

  private static Path checkpoint(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.max(Path::compareTo).orElseThrow();
    }
  }
}
