package io.framewarden.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.command.ArtifactOptions;
import io.framewarden.trainer.command.CalibrationOptions;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.CalibrationFit;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.OperatingPoints;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.forgery.FaceGeometry;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.onnx.OnnxExporter;
import io.framewarden.trainer.publish.ArtifactWriter;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * From a trained network to its artifact: export, calibrate on validation people, judge on test
 * people, write. All figures come from the exported graph, not from the network in training.
 */
public final class ArtifactPublisher {
  private static final String HELD_OUT = "heldout";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RunRecord run;
  private final RunData data;
  private final ArtifactOptions options;
  private final CalibrationOptions calibrating;

  public ArtifactPublisher(
      RunRecord run, RunData data, ArtifactOptions options, CalibrationOptions calibrating) {
    this.run = run;
    this.data = data;
    this.options = options;
    this.calibrating = calibrating;
  }

  /**
   * What was published, and the faces of unseen people that its figures come from.
   *
   * @param scored their scores by the exported graph, in the same order
   */
  public record Published(ModelArtifact model, List<Labelled> faces, List<ScoredFace> scored) {}

  /** Writes the artifact into the folder. */
  public Published publish(TrainedDid trained, Path folder) throws IOException {
    ArtifactWriter.checkReplaceable(folder);
    Path graph = Files.createTempFile("framewarden", ".onnx");
    try {
      OnnxExporter.write(trained.network(), graph);
      try (GraphScorer exported = new GraphScorer(graph, FaceGeometry.SIZE)) {
        return publish(trained, graph, exported, folder);
      }
    } finally {
      Files.deleteIfExists(graph);
    }
  }

  private Published publish(TrainedDid trained, Path graph, GraphScorer exported, Path folder)
      throws IOException {
    List<ScoredFace> validation =
        FaceScoring.score("calibrating", calibrating.faces(data), exported);
    Calibration calibration = CalibrationFit.fit(validation, calibrating.method());
    List<OperatingPoint> points =
        OperatingPoints.choose(validation, calibration, calibrating.rates());
    List<Labelled> faces = data.testFaces();
    List<ScoredFace> test = FaceScoring.score("evaluating", faces, exported);
    Evaluation heldOut =
        Evaluation.of(test, new TreeSet<>(run.domains()), calibration, points.get(0));
    ModelManifest draft = manifest(trained, graph, calibration, points, heldOut);
    ModelArtifact model =
        ArtifactWriter.write(folder, graph, draft, heldOut, new NetworkScorer(trained), exported);
    return new Published(model, faces, test);
  }

  private ModelManifest manifest(
      TrainedDid trained,
      Path graph,
      Calibration calibration,
      List<OperatingPoint> points,
      Evaluation heldOut)
      throws IOException {
    Map<String, Double> metrics = new TreeMap<>(heldOut.named(HELD_OUT));
    String version = options.version == null ? Sha256.of(graph).substring(0, 12) : options.version;
    return ModelManifest.builder()
        .name(options.name)
        .version(version)
        .description(description())
        .input(new ModelManifest.Input("faces", FaceGeometry.SIZE, FaceGeometry.SIZE))
        .extraction(data.faces().extractionDigest(), recipe(data.faces().extractionRecipe()))
        .calibration(calibration)
        .operatingPoints(points)
        .training(
            new ModelManifest.Training(
                notice(),
                run.domains(),
                run.recipe().data().holdOut(),
                trained.step() * run.recipe().training().batch(),
                run.recipe().training().seed(),
                training()))
        .metrics(metrics)
        .build();
  }

  private String description() {
    if (options.description != null) {
      return options.description;
    }
    boolean standIns = run.domains().stream().anyMatch(Forgeries.names()::contains);
    return "A DID network for single aligned gray faces."
        + (standIns
            ? " Some of its fakes were made from real faces by image operations, as stand-ins for"
                + " real deepfakes: its figures on them say little about deepfakes in the wild."
            : "")
        + " Its operating points were chosen on the data below; compressed video flags more real"
        + " faces than photographs do.";
  }

  private String notice() {
    if (options.dataNotice != null) {
      return options.dataNotice;
    }
    String names =
        run.archives().stream()
            .map(archive -> String.valueOf(Path.of(archive).getFileName()))
            .collect(Collectors.joining(", "));
    return "%d real and %d fake faces of %s"
        .formatted(data.train().reals().size(), data.train().fakes().size(), names);
  }

  private JsonNode training() {
    ObjectNode all = MAPPER.valueToTree(run.recipe().training());
    all.set("data", MAPPER.valueToTree(run.recipe().data()));
    all.put("contentDigest", run.contentDigest());
    if (run.pretrained() != null) {
      all.set("pretrained", MAPPER.valueToTree(run.pretrained()));
    }
    all.put("trainReals", data.train().reals().size());
    all.put("trainFakes", data.train().fakes().size());
    calibrating.record(all);
    return all;
  }

  /** The recipe as JSON where it is JSON, as text where it is not. */
  private static JsonNode recipe(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      return MAPPER.valueToTree(text);
    }
  }
}
