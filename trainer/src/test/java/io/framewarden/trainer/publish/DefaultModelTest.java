package io.framewarden.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.forgery.ForgedPair;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.forgery.Forgery;
import io.framewarden.trainer.forgery.SyntheticFaces;
import io.framewarden.trainer.image.ImageFilters;
import io.framewarden.trainer.onnx.GraphScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The model that comes with the program, on a frozen set of drawn pairs: what changes its scores
 * has to be seen. With the property {@code framewarden.golden.write} the scores are written anew.
 * Drawn faces say nothing of its accuracy.
 */
class DefaultModelTest {
  private static final Path MODEL =
      Path.of(System.getProperty("framewarden.home", ".."), "models", "default");
  private static final Path SCORES = Path.of("src/test/resources/default-model/scores.json");
  private static final int PAIRS_OF_EACH_KIND = 8;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void scoresOfTheFrozenSetStayWhatTheyWere() throws IOException {
    ModelArtifact model = ModelArtifact.open(MODEL);
    List<ScoredFace> scored = score(model);
    double auc = BinaryMetrics.of(scored, model.manifest().calibration(), 0.5).auc().orElseThrow();
    if (Boolean.getBoolean("framewarden.golden.write")) {
      ObjectNode written = MAPPER.createObjectNode().put("auc", auc);
      scored.forEach(face -> written.withArray("logits").add(face.logit()));
      Files.writeString(SCORES, written.toPrettyString() + "\n");
    }
    var expected = MAPPER.readTree(Files.readAllBytes(SCORES));
    assertEquals(expected.path("logits").size(), scored.size());
    for (int i = 0; i < scored.size(); i++) {
      assertEquals(
          expected.path("logits").get(i).asDouble(),
          scored.get(i).logit(),
          0.02,
          "face " + i + ", " + scored.get(i).domain());
    }
    assertTrue(auc >= expected.path("auc").asDouble() - 0.01, "AUC " + auc);
  }

  /** Through JPEG, not H.264, whose encoder is not the same on every machine. */
  private static List<ScoredFace> score(ModelArtifact model) throws IOException {
    List<byte[]> faces = new ArrayList<>();
    List<String> domains = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (Forgery forgery : Forgeries.all()) {
      for (int i = 0; i < PAIRS_OF_EACH_KIND; i++) {
        ForgedPair pair =
            forgery.make(
                SyntheticFaces.face(500 + faces.size()),
                SyntheticFaces.face(900 + faces.size()),
                random.split());
        int quality = 50 + random.nextInt(45);
        faces.add(ImageFilters.compressJpeg(pair.real().pixels(), quality));
        faces.add(ImageFilters.compressJpeg(pair.fake().pixels(), quality));
        domains.add("real");
        domains.add(forgery.name());
      }
    }
    List<ScoredFace> scored = new ArrayList<>();
    try (GraphScorer scorer = new GraphScorer(model.model(), model.manifest().input().shape())) {
      double[] logits = scorer.logits(faces);
      for (int i = 0; i < logits.length; i++) {
        boolean fake = !domains.get(i).equals("real");
        String name = "face-" + i;
        scored.add(new ScoredFace(logits[i], fake, domains.get(i), name, name, 0));
      }
    }
    return scored;
  }
}
