package io.framewarden.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.evaluation.CalibrationFit;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.OperatingPoints;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.onnx.OnnxExporter;
import io.framewarden.trainer.publish.ArtifactWriter;
import io.framewarden.trainer.publish.HeldOut;
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
 * From a trained network to its artifact: export, calibrate on validation people, evaluate on test
 * people, write. All metrics come from the exported graph, not from the network in training. One
 * thread.
 */
public final class ArtifactPublisher {
  private static final String HELD_OUT = "heldout";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RunRecord run;
  private final RunData data;
  private final Info info;
  private final CalibrationPlan calibrationPlan;

  /**
   * A publisher of a run.
   *
   * @param data the run's, by which the model is calibrated and evaluated
   */
  public ArtifactPublisher(
      RunRecord run, RunData data, Info info, CalibrationPlan calibrationPlan) {
    this.run = run;
    this.data = data;
    this.info = info;
    this.calibrationPlan = calibrationPlan;
  }

  /**
   * The parts of a manifest that only its publisher knows.
   *
   * @param name the model's name in its manifest and on the release topic
   * @param version unique for a name; null for the start of the graph's sha256
   * @param dataNotice where the training data comes from; null for the archives' names
   * @param description what the model is and is not good for; null for a plain one
   * @param notDetected what it is known not to detect; empty where nothing is known
   */
  public record Info(
      String name, String version, String dataNotice, String description, String notDetected) {}

  /**
   * What was published, and the faces of unseen people that its metrics come from.
   *
   * @param scored their scores by the exported graph, in the same order
   * @param warnings what is to be known of how few people there were
   */
  public record Published(
      ModelArtifact model, List<Labelled> faces, List<ScoredFace> scored, List<String> warnings) {}

  /** Writes the artifact into the folder. */
  public Published publish(TrainedDid trained, Path folder) throws IOException {
    ArtifactWriter.checkReplaceable(folder);
    Path graph = Files.createTempFile("framewarden", ".onnx");
    try {
      OnnxExporter.write(trained.network(), FaceSetReader.OWN.width(), graph);
      try (GraphScorer exported = new GraphScorer(graph, FaceSetReader.OWN)) {
        return publish(trained, graph, exported, folder);
      }
    } finally {
      Files.deleteIfExists(graph);
    }
  }

  private Published publish(TrainedDid trained, Path graph, GraphScorer exported, Path folder)
      throws IOException {
    List<ScoredFace> validation =
        FaceScoring.score("calibrating", calibrationPlan.faces(data), exported);
    Calibration calibration = CalibrationFit.fit(validation, calibrationPlan.method());
    List<OperatingPoint> points =
        calibrationPlan.operatingPoints(validation, calibration, exported);
    List<Labelled> faces = data.testFaces();
    List<ScoredFace> test = FaceScoring.score("evaluating", faces, exported);
    HeldOut heldOut =
        new HeldOut(
            evaluation(test, calibration, points),
            ConditionScores.of(data.test(), data.recipe().mix(), exported),
            Evaluation.byPeople(test, data.test().groups()));
    ModelManifest draft =
        manifest(trained, graph, calibration, points, metrics(test, calibration, points))
            .toBuilder()
            .extractions(
                calibrationPlan
                    .furtherExtractions(data)
                    .measure(
                        some ->
                            metrics(
                                FaceScoring.score("evaluating", some, exported),
                                calibration,
                                points)))
            .build();
    ModelArtifact model =
        ArtifactWriter.write(folder, graph, draft, heldOut, new NetworkScorer(trained), exported);
    return new Published(model, faces, test, calibrationPlan.warnings(data));
  }

  private Evaluation evaluation(
      List<ScoredFace> faces, Calibration calibration, List<OperatingPoint> points) {
    return Evaluation.of(faces, new TreeSet<>(run.domains()), calibration, points.get(0));
  }

  private Map<String, Double> metrics(
      List<ScoredFace> faces, Calibration calibration, List<OperatingPoint> points) {
    Map<String, Double> metrics =
        new TreeMap<>(evaluation(faces, calibration, points).named(HELD_OUT));
    OperatingPoints.flagged(faces, calibration, points)
        .forEach((point, share) -> metrics.put(HELD_OUT + ".flagged." + point, share));
    return metrics;
  }

  private ModelManifest manifest(
      TrainedDid trained,
      Path graph,
      Calibration calibration,
      List<OperatingPoint> points,
      Map<String, Double> metrics)
      throws IOException {
    String version = info.version() == null ? Sha256.of(graph).substring(0, 12) : info.version();
    String first = data.faces().extractionDigest();
    return ModelManifest.builder()
        .name(info.name())
        .version(version)
        .description(description(points))
        .notDetected(info.notDetected())
        .input(new ModelManifest.Input("faces", FaceSetReader.OWN))
        .extraction(first, recipe(data.faces().extractions().get(first)))
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

  private String description(List<OperatingPoint> points) {
    if (info.description() != null) {
      return info.description();
    }
    boolean pseudoFakes = run.domains().stream().anyMatch(Forgeries.names()::contains);
    return "A DID network for single aligned gray faces."
        + (pseudoFakes
            ? " Some of its fakes are pseudo-fakes, made from real faces by image operations:"
                + " its metrics on them say little about deepfakes in the wild."
            : "")
        + (points.get(0).calibrated()
            ? " Its operating points were chosen on the data below; compressed video flags more"
                + " real faces than photographs do."
            : " It is not calibrated: there was nobody to choose thresholds on.");
  }

  private String notice() {
    if (info.dataNotice() != null) {
      return info.dataNotice();
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
    all.set("people", MAPPER.valueToTree(data.people()));
    calibrationPlan.record(all);
    return all;
  }

  /** The recipe as JSON where it is JSON, as text where it is not. */
  static JsonNode recipe(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      return MAPPER.valueToTree(text);
    }
  }
}
