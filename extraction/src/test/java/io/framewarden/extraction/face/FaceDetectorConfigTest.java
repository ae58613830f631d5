package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceDetectorConfigTest {
  @Test
  void theCascadeIsTheDefault() {
    assertEquals(
        new FaceDetectorConfig(
            FaceDetectorKind.CASCADE, null, 64, 0.5, 640, new FaceDetectorConfig.Search(0, 1, 0)),
        read(Map.of()));
    assertEquals(FaceDetectorConfig.defaults(), read(Map.of()));
  }

  @Test
  void everyVariableIsRead() {
    assertEquals(
        new FaceDetectorConfig(
            FaceDetectorKind.MTCNN,
            Path.of("/models/mtcnn"),
            40,
            0.8,
            800,
            new FaceDetectorConfig.Search(3, 2, 90)),
        read(
            Map.of(
                "FRAMEWARDEN_FACE_DETECTOR", "mtcnn",
                "FRAMEWARDEN_FACE_MODEL", "/models/mtcnn",
                "FRAMEWARDEN_FACE_MIN_SIZE", "40",
                "FRAMEWARDEN_FACE_MIN_CONFIDENCE", "0.8",
                "FRAMEWARDEN_FACE_LONG_SIDE", "800",
                "FRAMEWARDEN_FACE_THREADS", "3",
                "FRAMEWARDEN_FACE_EVERY", "2",
                "FRAMEWARDEN_FACE_IGNORE_UNDER", "90")));
  }

  @Test
  void theLeastSizeToFollowIsRecordedWithTheTrackingAndNotInTheRecipe() {
    FaceDetectorConfig plain = FaceDetectorConfig.defaults();
    FaceDetectorConfig large = read(Map.of("FRAMEWARDEN_FACE_IGNORE_UNDER", "90"));
    assertEquals(plain.recipe(), large.recipe());
    assertEquals(
        TrackingPolicy.defaults().text().replace("ignore_under=0", "ignore_under=90"),
        TrackingPolicy.of(large).text());
  }

  @Test
  void aDetectorThatNeedsAModelSaysSo() {
    assertProblem(Map.of("FRAMEWARDEN_FACE_DETECTOR", "yunet"), ".onnx file");
    assertProblem(Map.of("FRAMEWARDEN_FACE_DETECTOR", "mtcnn"), "pnet.onnx");
  }

  @Test
  void aModelForTheCascadeIsAMistake() {
    assertProblem(Map.of("FRAMEWARDEN_FACE_MODEL", "face.onnx"), "the cascade uses no model");
  }

  @Test
  void anUnusableModelIsNamedWithTheVariable(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
    for (Path model : new Path[] {folder.resolve("missing.onnx"), folder, text}) {
      assertRefused(FaceDetectorConfig.of(FaceDetectorKind.YUNET, model), model);
    }
    assertRefused(
        FaceDetectorConfig.of(FaceDetectorKind.MTCNN, folder), folder.resolve("pnet.onnx"));
    assertThrows(
        InvalidConfigurationException.class,
        () -> FaceDetectors.open(FaceDetectorConfig.of(FaceDetectorKind.YUNET, null)));
  }

  @Test
  void anotherNetworkIsRefused() {
    Path pnet = SharedData.folder("weights").resolve("mtcnn/pnet.onnx");
    assertRefused(FaceDetectorConfig.of(FaceDetectorKind.YUNET, pnet), pnet);
  }

  private static void assertRefused(FaceDetectorConfig config, Path named) {
    InvalidConfigurationException refused =
        assertThrows(InvalidConfigurationException.class, () -> FaceDetectors.open(config));
    assertTrue(refused.getMessage().contains(named.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("FRAMEWARDEN_FACE_MODEL"), refused.getMessage());
  }

  private static void assertProblem(Map<String, String> environment, String part) {
    InvalidConfigurationException problem =
        assertThrows(InvalidConfigurationException.class, () -> read(environment));
    assertTrue(problem.getMessage().contains(part), problem.getMessage());
    assertTrue(problem.getMessage().contains("FRAMEWARDEN_FACE_MODEL"), problem.getMessage());
  }

  private static FaceDetectorConfig read(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    FaceDetectorConfig config = FaceDetectorConfig.from(settings);
    settings.check();
    return config;
  }
}
