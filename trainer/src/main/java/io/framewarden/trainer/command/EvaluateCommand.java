package io.framewarden.trainer.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.ForgeryMix;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.onnx.GraphScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code framewarden evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Judges a model on face archives: AUC, EER, AP, ACC, TPR at fixed FPR, ECE, overall, by",
      "forgery domain and by video, beside what a mere blur measure reaches. A figure that needs",
      "both classes is left out where there is one."
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_REALS = 1_000;

  /** Which people to judge on. */
  enum People {
    /** Everybody in the archives. */
    all,
    /** The split that training never sees. */
    test
  }

  @Parameters(
      paramLabel = "MODEL_DIR_OR_RUN",
      description = "A model artifact, or a run folder with one in it.")
  private Path model;

  @Option(
      names = "--on",
      paramLabel = "ARCHIVE",
      required = true,
      arity = "1..*",
      description = "Made by `framewarden faces`.")
  private List<Path> archives;

  @Option(
      names = "--people",
      description =
          "Whom to judge on: ${COMPLETION-CANDIDATES} (default: test for the archives that the"
              + " model was trained on, else all).")
  private People people;

  @Option(
      names = "--forge",
      split = ",",
      paramLabel = "KIND",
      description = "Make fakes of these kinds from the real faces, and judge on those.")
  private List<String> forge = List.of();

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path folder = RunRecord.isIn(model) ? TrainCommand.model(model) : model;
    ModelArtifact artifact = ModelArtifact.open(folder);
    ModelManifest manifest = artifact.manifest();
    FaceSet faces = FaceSetReader.read(archives);
    if (!faces.extractionDigest().equals(manifest.extractionDigest())) {
      System.err.printf(
          "warning: the faces were extracted by recipe %s, the model was trained on %s%n",
          faces.extractionDigest(), manifest.extractionDigest());
    }
    List<Labelled> judged = judged(whom(faces, manifest));
    try (GraphScorer scorer = new GraphScorer(artifact.model(), manifest.input().width())) {
      List<ScoredFace> scored = Scoring.score("evaluating", judged, scorer);
      Evaluation evaluation =
          Evaluation.of(
              scored,
              new TreeSet<>(manifest.training().domains()),
              manifest.calibration(),
              manifest.operatingPoints().get(0));
      print(artifact, evaluation.named("evaluation"));
    }
    return 0;
  }

  private FaceSet whom(FaceSet faces, ModelManifest manifest) {
    String trainedOn = manifest.training().recipe().path("contentDigest").asText();
    boolean same = faces.contentDigest().equals(trainedOn);
    People whom = people != null ? people : same ? People.test : People.all;
    if (same) {
      System.err.printf("the model was trained on these archives: judging %s people%n", whom);
    }
    return whom == People.test ? IdentitySplit.of(faces).test() : faces;
  }

  private List<Labelled> judged(FaceSet faces) {
    if (forge.isEmpty()) {
      return EvaluationFaces.asTheyAre(faces);
    }
    if (faces.reals().isEmpty()) {
      throw new CommandFailure(archives + ": no real face there to make forgeries from");
    }
    return EvaluationFaces.withMadeFakes(faces, ForgeryMix.parse(forge).kinds(), MOST_REALS);
  }

  private void print(ModelArtifact artifact, Map<String, Double> figures) throws IOException {
    if (!json) {
      System.out.println(artifact.manifest().name() + " " + artifact.manifest().version());
      System.out.println(Summary.table(figures));
      return;
    }
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode object = mapper.createObjectNode();
    object.put("model", artifact.manifest().name());
    object.put("version", artifact.manifest().version());
    object.put("digest", artifact.digest());
    object.set("archives", mapper.valueToTree(archives.stream().map(Path::toString).toList()));
    object.set("figures", mapper.valueToTree(figures));
    System.out.println(mapper.writeValueAsString(object));
  }
}
