package io.framewarden.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.video.SyntheticVideo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a network that PyTorch exported, from its file to thresholds of its own. */
class ImportedModelTest {
  private static final int SIDE = 192;
  private static final int PEOPLE = 6;

  @TempDir Path folder;

  @BeforeEach
  void importTheNetwork() throws IOException {
    try (InputStream net = getClass().getResourceAsStream("/foreign/torch-net.onnx")) {
      Files.copy(net, folder.resolve("net.onnx"));
    }
    CommandRun run =
        run(
            "model",
            "import",
            path("net.onnx"),
            "--out",
            path("theirs"),
            "--name",
            "theirs",
            "--model-version",
            "3",
            "--input",
            "rgb",
            "--mean",
            "0.485,0.456,0.406",
            "--std",
            "0.229,0.224,0.225",
            "--output",
            "softmax:1",
            "--crop",
            "arcface:1.3",
            "--licence",
            "MIT");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("theirs 3 in "), run.out());
  }

  @Test
  void itsCardIsPrinted() {
    String card = ok("model", "show", path("theirs")).out();

    assertTrue(card.contains(model("theirs").digest()), card);
    for (String line :
        List.of(
            "model +theirs 3",
            "faces +rgb8 64x64, as faces",
            "licence +MIT",
            "calibration +none: .*claims nothing",
            "operating point uncalibrated +fake from 0.5.*human review",
            "crop +arcface:1.3")) {
      assertTrue(card.lines().anyMatch(text -> text.matches(line)), line + " in:\n" + card);
    }
  }

  @Test
  void facesExtractedForItGiveItThresholdsAndMetrics() throws IOException {
    draw("real", 0, PEOPLE);
    draw("fake/tinted", 70, PEOPLE);
    faces("both.fwa");

    String calibrated =
        ok(
                "calibrate",
                path("theirs"),
                "--on",
                path("both.fwa"),
                "--out",
                path("new"),
                "--fpr",
                "0.3")
            .err();

    assertTrue(calibrated.contains("6 real and 6 fake faces"), calibrated);
    ModelManifest manifest = model("new").manifest();
    assertEquals("3-calibrated", manifest.version());
    assertNotEquals("none", manifest.calibration().method());
    assertEquals(
        List.of("balanced", "precise", "screening", "fpr-0.3"),
        manifest.operatingPoints().stream().map(ModelManifest.OperatingPoint::name).toList());
    assertEquals(6, manifest.metrics().get("calibration.reals"));
    assertEquals("MIT", manifest.training().recipe().path("licence").asText());
    assertEquals("both.fwa", manifest.training().recipe().path("calibratedOn").path(0).asText());
    assertEquals(model("theirs").goldenLogits().length, model("new").goldenLogits().length);
    String metrics =
        ok(
                "evaluate",
                path("new"),
                "--on",
                path("both.fwa"),
                "--bootstrap",
                "0",
                "--report",
                path("report"))
            .out();
    assertTrue(metrics.contains(".auc "), metrics);
    assertTrue(Files.isRegularFile(folder.resolve("report/report.html")));
  }

  @Test
  void ofRealFacesAloneItGetsThresholdsButNoProbability() throws IOException {
    draw("real", 0, PEOPLE);
    faces("reals.fwa");

    CommandRun calibrated = ok("calibrate", path("theirs"), "--on", path("reals.fwa"));

    assertTrue(calibrated.err().contains("claims nothing"), calibrated.err());
    ModelManifest manifest = model("theirs").manifest(); // replaced
    assertEquals("none", manifest.calibration().method());
    assertTrue(manifest.operatingPoints().get(0).calibrated());
  }

  @Test
  void facesOfAnotherExtractionAreRefusedWithTheCommandThatMakesThem() throws IOException {
    draw("real", 0, 1);
    List<String> words =
        new ArrayList<>(List.of("faces", path("photos"), "--out", path("gray.fwa")));
    assertEquals(0, run(words.toArray(String[]::new)).status());

    for (String command : List.of("calibrate", "evaluate")) {
      CommandRun refused = run(command, path("theirs"), "--on", path("gray.fwa"));
      assertEquals(2, refused.status());
      assertTrue(
          refused.err().contains("gray8 224x224, the model takes rgb8 64x64"), refused.err());
      assertTrue(refused.err().contains("--for-model"), refused.err());
    }
  }

  @Test
  void whatOnlyWorksOnTheTrainersOwnFacesIsRefused() throws IOException {
    draw("real", 0, 1);
    faces("reals.fwa");

    for (String option : List.of("--robustness", "--forge=self-blend")) {
      CommandRun refused = run("evaluate", path("theirs"), "--on", path("reals.fwa"), option);
      assertEquals(2, refused.status());
      assertTrue(refused.err().contains("gray8 224x224"), refused.err());
      assertFalse(refused.err().contains("Exception"), refused.err());
    }
    CommandRun training =
        run("train", path("reals.fwa"), "--out", path("run"), "--steps", "1", "--no-report");
    assertTrue(training.err().contains("rgb8 64x64"), training.err());
  }

  private void faces(String archive) {
    CommandRun run =
        ok("faces", path("photos"), "--for-model", path("theirs"), "--out", path(archive));
    assertTrue(run.out().contains("FILES"), run.out());
  }

  /** Drawn people in colour, the more so the higher the tint. */
  private void draw(String kind, int tint, int people) throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos").resolve(kind));
    for (int person = 0; person < people; person++) {
      byte[] gray = SyntheticVideo.faceFrame(SIDE, SIDE, person, 1, person);
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < gray.length; i++) {
        int level = gray[i] & 0xff;
        int red = Math.min(255, level + tint);
        int blue = Math.max(0, level - tint);
        image.setRGB(i % SIDE, i / SIDE, red << 16 | level << 8 | blue);
      }
      ImageIO.write(image, "png", photos.resolve("person" + person + ".png").toFile());
    }
  }

  private ModelArtifact model(String name) {
    return ModelArtifact.open(folder.resolve(name));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(TrainerMain::run, arguments);
  }

  private static CommandRun ok(String... arguments) {
    CommandRun run = run(arguments);
    assertEquals(0, run.status(), run.err());
    return run;
  }
}
