package io.framewarden.trainer.landmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.onnx.ParityException;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainingListener;
import io.framewarden.trainer.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LandmarkRunTest {
  private static final LandmarkConfig CONFIG = new LandmarkConfig(12, 8, 4, 2e-3, 4, 3);

  @TempDir Path folder;
  private Path labels;

  @BeforeEach
  void drawPhotographs() throws IOException {
    labels = DrawnPhotographs.write(DrawnPhotographs.draw(40, 5), photographs());
  }

  private Path photographs() {
    return folder.resolve("photographs");
  }

  @Test
  void writesAGraphThatIsMeasuredOnPeopleWhoWereLeftOut() throws Exception {
    Path graph = run("run", CONFIG, TrainingListener.NONE);
    JsonNode report = new ObjectMapper().readTree(folder.resolve("run/report.json").toFile());
    assertEquals(Files.size(graph), report.at("/network/bytes").asLong());
    assertTrue(report.at("/network/bytes").asLong() < 1_500_000);
    int trainedOn = report.get("photographsTrainedOn").asInt();
    int measuredOn = report.get("photographsMeasuredOn").asInt();
    assertTrue(trainedOn > measuredOn && measuredOn > 0, report.toString());
    double error = report.at("/evaluation/byWidth/96/second/median").asDouble();
    assertTrue(error > 0 && Double.isFinite(error), report.toString());
    assertTrue(Files.size(folder.resolve("run/found.png")) > 1000);
    List<LossLog.Line> losses = LossLog.read(folder.resolve("run/losses.csv"));
    assertEquals(12, losses.size());
  }

  @Test
  void aRunThatWasInterruptedEndsWithTheSameGraph() throws Exception {
    byte[] whole = Files.readAllBytes(run("whole", CONFIG, TrainingListener.NONE));
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void onStep(TrainingProgress progress) {
            if (progress.step() == 5) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThrows(InterruptedException.class, () -> run("parts", CONFIG, interrupting));
    assertArrayEquals(whole, Files.readAllBytes(run("parts", CONFIG, TrainingListener.NONE)));
  }

  @Test
  void aFolderOfAnotherRunIsRefused() throws Exception {
    run("run", CONFIG, TrainingListener.NONE);
    LandmarkConfig other = new LandmarkConfig(20, 8, 4, 2e-3, 4, 3);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> run("run", other, TrainingListener.NONE));
    assertTrue(refusal.getMessage().contains("another folder"), refusal.getMessage());
  }

  @Test
  void aLabelledPhotographThatIsMissingIsNamed() throws IOException {
    Files.delete(photographs().resolve("person_003.png"));
    DatasetException refusal =
        assertThrows(DatasetException.class, () -> run("run", CONFIG, TrainingListener.NONE));
    assertTrue(refusal.getMessage().contains("person_003.png"), refusal.getMessage());
  }

  private Path run(String name, LandmarkConfig config, TrainingListener listener)
      throws IOException, InterruptedException, ParityException {
    return LandmarkRun.run(
        photographs(), labels, new RunFolder(folder.resolve(name)), config, listener);
  }
}
