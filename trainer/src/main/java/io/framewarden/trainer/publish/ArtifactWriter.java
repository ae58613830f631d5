package io.framewarden.trainer.publish;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.LogitAgreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lays out an artifact folder: graph, golden faces, report, metrics, manifest. The folder appears
 * whole or not at all: it is built beside its place and moved there. One thread.
 */
public final class ArtifactWriter {
  private static final String REPORT = "report.md";
  private static final String METRICS = "metrics.json";

  private ArtifactWriter() {}

  /**
   * Publishes a graph. An artifact that stood in the folder is replaced.
   *
   * @param onnx the exported graph, which is copied
   * @param draft the manifest without golden faces and files
   * @param network the trained network: scores the golden faces
   * @param exported the graph on the inference engine: must agree with the network
   * @throws PublishException when the two differ by more than {@link LogitAgreement#LIMIT} on a
   *     golden face, or the folder holds something else than an artifact
   */
  public static ModelArtifact write(
      Path folder,
      Path onnx,
      ModelManifest draft,
      HeldOut heldOut,
      FaceScorer network,
      FaceScorer exported)
      throws IOException {
    List<byte[]> golden = GoldenFaces.make();
    double[] logits = network.logits(golden);
    checkParity(logits, exported.logits(golden));
    return write(folder, onnx, draft, ModelCard.of(draft, heldOut), golden, logits);
  }

  /**
   * Publishes a graph whose answers to the golden faces were checked. An artifact that stood in the
   * folder is replaced.
   *
   * @param onnx the graph, which is copied
   * @param draft the manifest without golden faces and files
   * @param report for people, Markdown
   * @param golden faces of the input's shape
   * @param logits of the golden faces
   * @throws PublishException when the folder holds something else than an artifact
   */
  public static ModelArtifact write(
      Path folder,
      Path onnx,
      ModelManifest draft,
      String report,
      List<byte[]> golden,
      double[] logits)
      throws IOException {
    checkReplaceable(folder);
    Path target = folder.toAbsolutePath().normalize();
    Files.createDirectories(target.getParent());
    // Not a temporary directory: those are for their owner's eyes only, and so would the artifact
    // be.
    Path building = target.resolveSibling("." + target.getFileName() + ".building");
    deleteRecursively(building);
    Files.createDirectory(building);
    try {
      Files.copy(onnx, building.resolve(ModelArtifact.MODEL));
      Files.writeString(building.resolve(REPORT), report);
      Files.write(building.resolve(METRICS), json(draft));
      ModelArtifact.write(building, draft, golden, logits);
      deleteRecursively(target);
      Files.move(building, target);
    } finally {
      deleteRecursively(building);
    }
    return ModelArtifact.open(folder);
  }

  /**
   * Refuses a folder with other things in it, before anything is computed for it.
   *
   * @throws PublishException naming the folder and the remedy
   */
  public static void checkReplaceable(Path folder) throws IOException {
    if (!Files.exists(folder) || Files.isRegularFile(folder.resolve(ModelArtifact.MANIFEST))) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new PublishException(folder + ": is a file; name a folder for the artifact");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new PublishException(
            folder + ": is not empty and no model artifact; name another folder");
      }
    }
  }

  private static void checkParity(double[] network, double[] exported) {
    double difference = LogitAgreement.difference(network, exported);
    if (difference > LogitAgreement.LIMIT) {
      throw new PublishException(
          "the exported graph's logits differ from the network's by "
              + difference
              + " on the golden faces, more than "
              + LogitAgreement.LIMIT
              + ": not published; a network trained for too few steps can be the cause");
    }
  }

  private static byte[] json(ModelManifest draft) throws IOException {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .build()
        .writeValueAsBytes(draft.metrics());
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
