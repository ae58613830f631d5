package io.framewarden.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.Extraction;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactWriterTest {
  private static final OperatingPoint BALANCED = new OperatingPoint("balanced", 0.8, 0.6);
  @TempDir Path folder;
  private Path onnx;

  /** Scores the mean grey level plus a constant: the writer does not care what a graph computes. */
  private record MeanScorer(double plus) implements FaceScorer {
    @Override
    public double[] logits(List<byte[]> faces) {
      return faces.stream().mapToDouble(face -> face[face.length / 2] + plus).toArray();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void writeGraph() throws IOException {
    onnx = Files.writeString(folder.resolve("graph.onnx"), "a graph");
  }

  @Test
  void artifactOpensWithEverythingInIt() throws IOException {
    ModelArtifact written = write(folder.resolve("model"), 0);
    ModelArtifact opened = ModelArtifact.open(folder.resolve("model"));
    assertEquals(written.digest(), opened.digest());
    assertEquals("a graph", Files.readString(opened.model()));
    assertArrayEquals(new MeanScorer(0).logits(opened.goldenFaces()), opened.goldenLogits());
    assertTrue(opened.goldenFaces().size() >= 8);
    assertEquals(0.9, opened.manifest().metrics().get("heldout.auc"));
    String report = Files.readString(opened.folder().resolve("report.md"));
    assertTrue(report.contains("| swap | 1 | 1 | 1.000 |"), report);
    assertTrue(report.contains("Metrics of 2 people only: they are rough."), report);
  }

  @Test
  void reportHasARowForEachExtraction() throws IOException {
    Extraction yunet =
        new Extraction(
            "cd".repeat(32),
            JsonNodeFactory.instance.objectNode().put("detector", "yunet sha256=1 more"),
            Map.of("heldout.reals", 12.0, "heldout.flagged.balanced", 0.25));
    ModelManifest draft = draft().toBuilder().extractions(List.of(yunet)).build();
    Evaluation nobody = Evaluation.of(List.of(), Set.of("swap"), Calibration.none(), BALANCED);
    ArtifactWriter.write(
        folder.resolve("model"),
        onnx,
        draft,
        metrics(nobody),
        new MeanScorer(0),
        new MeanScorer(0));
    String report = Files.readString(folder.resolve("model/report.md"));
    assertTrue(report.contains("| recipe | detector | real | fake | AUC | flagged, balanced |"));
    assertTrue(report.contains("| abababababab |  | 0 | 0 | 0.900 | absent |"), report);
    assertTrue(report.contains("| cdcdcdcdcdcd | yunet | 12 | 0 | absent | 0.250 |"), report);
    assertEquals(
        List.of(yunet), ModelArtifact.open(folder.resolve("model")).manifest().extractions());
  }

  @Test
  void reportTellsErrorsByConditionAndGroup() throws IOException {
    List<ScoredFace> half =
        List.of(
            new ScoredFace(1.5, false, "real", "a", "a", 0),
            new ScoredFace(-1, false, "real", "b", "b", 0),
            new ScoredFace(2, true, "swap", "c", "c", 0));
    List<ScoredFace> quarter = new ArrayList<>(half);
    quarter.add(new ScoredFace(-2, false, "real", "d", "d", 0));
    quarter.add(new ScoredFace(-3, false, "real", "e", "e", 0));
    HeldOut heldOut =
        new HeldOut(
            Evaluation.of(half, Set.of("swap"), Calibration.none(), BALANCED),
            Map.of("face 56 px wide", half),
            new TreeMap<>(Map.of("age=old", half, "age=young", quarter)));
    ArtifactWriter.write(
        folder.resolve("model"), onnx, draft(), heldOut, new MeanScorer(0), new MeanScorer(0));
    String report = Files.readString(folder.resolve("model/report.md"));
    assertTrue(report.contains("| condition | real | fake | AUC | balanced: flagged |"), report);
    assertTrue(
        report.contains("| face 56 px wide | 2 | 1 | 1.000 | 0.500 [0.095, 0.905] | 0.000"),
        report);
    assertTrue(
        report.contains("| age=young | 4 | 1 | 1.000 | 0.250 [0.046, 0.699] | 0.000"), report);
    assertTrue(report.contains("- age: balanced 2.00"), report);
  }

  @Test
  void reportSaysThatThereWasNobodyToMeasureOrCalibrateOn() throws IOException {
    Evaluation nobody = Evaluation.of(List.of(), Set.of("swap"), Calibration.none(), BALANCED);
    ModelManifest draft =
        draft().toBuilder().operatingPoints(List.of(OperatingPoint.UNCALIBRATED)).build();
    ArtifactWriter.write(
        folder.resolve("model"),
        onnx,
        draft,
        metrics(nobody),
        new MeanScorer(0),
        new MeanScorer(0));
    String report = Files.readString(folder.resolve("model/report.md"));
    assertTrue(report.contains("There was nobody: the model has no metrics."), report);
    assertTrue(report.contains("Not calibrated: "), report);
    assertTrue(report.contains("| uncalibrated | 0.5000 | 0.5000 |"), report);
    assertFalse(report.contains("AUC"), report);
    assertFalse(report.contains("fitted on validation people"), report);
  }

  @Test
  void graphThatComputesSomethingElseIsNotPublished() {
    Path model = folder.resolve("model");
    var error = assertThrows(PublishException.class, () -> write(model, 2e-4));
    assertTrue(error.getMessage().contains("differ"));
    assertFalse(Files.exists(model));
    assertThrows(PublishException.class, () -> write(model, Double.NaN));
  }

  @Test
  void smallDifferencesAreFloatNoise() throws IOException {
    write(folder.resolve("model"), 5e-5);
    assertTrue(Files.exists(folder.resolve("model/manifest.json")));
  }

  @Test
  void olderArtifactIsReplacedWhole() throws IOException {
    Path model = folder.resolve("model");
    write(model, 0);
    Files.writeString(model.resolve("stray"), "left over");
    write(model, 0);
    assertFalse(Files.exists(model.resolve("stray")));
  }

  @Test
  void folderWithOtherThingsIsLeftAlone() throws IOException {
    Path precious = Files.createDirectory(folder.resolve("precious"));
    Files.writeString(precious.resolve("thesis.txt"), "years of work");
    var error = assertThrows(PublishException.class, () -> write(precious, 0));
    assertTrue(error.getMessage().contains("precious"));
    assertTrue(Files.exists(precious.resolve("thesis.txt")));
  }

  @Test
  void goldenFacesAreAlwaysTheSame() {
    List<byte[]> once = GoldenFaces.make();
    List<byte[]> again = GoldenFaces.make();
    for (int i = 0; i < once.size(); i++) {
      assertArrayEquals(once.get(i), again.get(i));
    }
  }

  private static HeldOut metrics(Evaluation evaluation) {
    return new HeldOut(evaluation, Map.of(), Map.of());
  }

  private ModelArtifact write(Path model, double difference) throws IOException {
    Evaluation evaluation =
        Evaluation.of(
            List.of(
                new ScoredFace(-1, false, "real", "a", "a", 0),
                new ScoredFace(1, true, "swap", "b", "b", 0)),
            Set.of("swap"),
            Calibration.none(),
            BALANCED);
    return ArtifactWriter.write(
        model, onnx, draft(), metrics(evaluation), new MeanScorer(0), new MeanScorer(difference));
  }

  private static ModelManifest draft() {
    return ModelManifest.builder()
        .name("test")
        .version("1")
        .description("A model of a test.")
        .input(new ModelManifest.Input("faces", 224, 224))
        .extraction("ab".repeat(32), JsonNodeFactory.instance.objectNode())
        .calibration(Calibration.none())
        .operatingPoints(List.of(BALANCED))
        .training(
            new ModelManifest.Training(
                "drawn faces",
                List.of("swap"),
                List.of(),
                10,
                1,
                JsonNodeFactory.instance.objectNode()))
        .metrics(Map.of("heldout.auc", 0.9))
        .build();
  }
}
