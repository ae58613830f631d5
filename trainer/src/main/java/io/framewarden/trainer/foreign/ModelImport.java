package io.framewarden.trainer.foreign;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.trainer.evaluation.LogitAgreement;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.publish.ArtifactWriter;
import io.framewarden.trainer.publish.GoldenFaces;
import io.framewarden.trainer.publish.ManifestCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes an artifact of somebody else's ONNX file. The artifact's graph is that file's between nodes
 * of ours, so that a scorer runs it like any other; it is published only when it says of the golden
 * faces what the file says of them.
 *
 * @param file the ONNX file
 * @param names which of its inputs and outputs; null where there is one
 * @param input what pixels it takes
 * @param side of its faces in pixels; 0 for what the file says
 * @param output what its output means
 * @param crop how faces lie in its frames, see {@link AlignmentTemplate#named}
 * @param detector finds the faces that it will judge
 * @param about what its user knows of it
 */
public record ModelImport(
    Path file,
    Names names,
    InputSpec input,
    int side,
    OutputKind output,
    String crop,
    FaceDetectorConfig detector,
    About about) {
  /** Of the graph's values; null for the only one. */
  public record Names(String input, String output) {}

  /**
   * What only people know of a model.
   *
   * @param name its name in the manifest and on the release topic
   * @param version unique for a name; null for the start of the file's sha256
   * @param dataNotice what it was trained on; null where nobody knows
   * @param licence under which it may be used; null where nobody knows
   * @param description what it is and is not good for; null for a plain one
   */
  public record About(
      String name, String version, String dataNotice, String licence, String description) {}

  /** The golden faces with what the file says of them. */
  private record Answers(List<byte[]> faces, double[] probabilities) {}

  /**
   * Writes the artifact into the folder.
   *
   * @throws io.framewarden.trainer.publish.PublishException naming the file, what is wrong with it
   *     and the remedy
   */
  public ModelArtifact write(Path folder) throws IOException {
    ArtifactWriter.checkReplaceable(folder);
    ForeignGraph foreign = ForeignGraph.read(file, names.input(), names.output());
    FaceShape shape = input.shape(InputCheck.side(foreign, input.channels(), side));
    List<byte[]> faces = GoldenFaces.make(shape);
    double[][] rows;
    try (ForeignRun run = ForeignRun.open(foreign)) {
      rows = run.values(faces, input, shape.width());
    }
    output.check(foreign, rows);
    boolean probabilities = output.isProbability(rows);
    double[] expected = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      expected[i] = output.probability(rows[i], probabilities);
    }
    Answers answers = new Answers(faces, expected);
    WrappedGraph wrapped =
        new WrappedGraph(foreign, input, shape.width(), output, rows[0].length, probabilities);
    Path graph = Files.createTempFile("framewarden", ".onnx");
    try {
      double[] logits = writeChecked(foreign, wrapped, shape, answers, graph);
      ModelManifest draft = new ImportedManifest(this, foreign).of(shape, probabilities);
      return ArtifactWriter.write(
          folder, graph, draft, ManifestCard.markdown(draft), faces, logits);
    } finally {
      Files.deleteIfExists(graph);
    }
  }

  /** Writes the graph that takes whole batches, or the one that does not where only that agrees. */
  private static double[] writeChecked(
      ForeignGraph foreign, WrappedGraph wrapped, FaceShape shape, Answers answers, Path graph)
      throws IOException {
    String problem = "";
    for (boolean oneByOne : new boolean[] {false, true}) {
      ModelProto model = wrapped.model(oneByOne);
      Files.deleteIfExists(graph); // a temporary file is for its owner's eyes only
      Files.write(graph, model.toByteArray());
      try (GraphScorer scorer = new GraphScorer(graph, shape)) {
        double[] logits = scorer.logits(answers.faces());
        double difference = difference(answers, logits);
        if (difference <= LogitAgreement.LIMIT) {
          return logits;
        }
        problem = "its probabilities differ by %.1e".formatted(difference);
      } catch (IllegalArgumentException | IllegalStateException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    throw foreign.refused(
        "does not compute the same as part of an artifact: "
            + problem
            + "; export it again in float32, with a free batch dimension (dynamic_axes) and"
            + " opset_version=17");
  }

  private static double difference(Answers answers, double[] logits) {
    double largest = 0;
    for (int i = 0; i < logits.length; i++) {
      double actual = Calibration.none().probability(logits[i]);
      double difference = Math.abs(actual - answers.probabilities()[i]);
      largest = Double.isFinite(difference) ? Math.max(largest, difference) : Double.MAX_VALUE;
    }
    return largest;
  }
}
