package io.framewarden.detector.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
  private static final List<byte[]> FACES = List.of(TinyModel.noise(1), TinyModel.plain(90));

  @TempDir Path folder;
  private final ModelLoader loader = new ModelLoader(new OnnxRuntimeFactory(1), 3);

  @Test
  void loadsASoundArtifact() throws Exception {
    TinyModel.write(folder, "recipe");

    try (LoadedModel model = loader.load(folder)) {
      assertEquals(Sha256.of(folder.resolve(ModelArtifact.MANIFEST)), model.digest());
      assertEquals("tiny", model.name());
      assertEquals("1", model.version());
      assertEquals(List.of("recipe"), model.extractionDigests());
      assertEquals(TinyModel.SHAPE, model.shape());
      assertTrue(model.engine().name().startsWith("onnxruntime-"));
    }
  }

  @Test
  void refusesATamperedFileAndNamesBothDigests() throws Exception {
    ModelArtifact artifact = TinyModel.write(folder, "recipe");
    byte[] graph = Files.readAllBytes(artifact.model());
    graph[graph.length / 2] ^= 1;
    Files.write(artifact.model(), graph);

    String refusal = refusal();

    assertTrue(refusal.contains(folder.toString()), refusal);
    assertTrue(refusal.contains(artifact.manifest().files().get("model.onnx")), refusal);
    assertTrue(refusal.contains(Sha256.of(graph)), refusal);
  }

  @Test
  void refusesAMissingFile() throws Exception {
    Files.delete(TinyModel.write(folder, "recipe").model());

    assertTrue(refusal().contains("model.onnx is missing"));
  }

  @Test
  void refusesAnEmptyFolder() {
    assertTrue(refusal().contains("no manifest.json"));
  }

  @Test
  void refusesAManifestThatLeavesItsFolder() throws Exception {
    TinyModel.write(folder.resolve("model"), "recipe");
    Files.writeString(folder.resolve("secret"), "x");
    Path manifest = folder.resolve("model").resolve(ModelArtifact.MANIFEST);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"files\" : {", "\"files\" : {\n    \"../secret\" : \"00\","));

    ModelRefusedException refusal =
        assertThrows(ModelRefusedException.class, () -> loader.load(folder.resolve("model")));

    assertTrue(refusal.getMessage().contains("outside the folder"), refusal.getMessage());
  }

  @Test
  void refusesLogitsThatDifferFromTheGoldenOnesAndNamesThem() throws Exception {
    double[] wrong = {TinyModel.logit(FACES.get(0)), TinyModel.logit(FACES.get(1)) + 0.1};
    ModelArtifact artifact = TinyModel.write(folder, "recipe", 0, FACES, wrong);

    String refusal = refusal();

    assertTrue(refusal.contains("golden face 1"), refusal);
    assertTrue(refusal.contains(Double.toString(wrong[1])), refusal);
    assertTrue(refusal.contains(artifact.digest()), refusal);
  }

  @Test
  void acceptsFloatNoise() throws Exception {
    double[] noisy = {TinyModel.logit(FACES.get(0)) + 1e-3, TinyModel.logit(FACES.get(1)) - 1e-3};
    TinyModel.write(folder, "recipe", 0, FACES, noisy);

    loader.load(folder).close();
  }

  @Test
  void refusesAModelThatAnswersNan() throws Exception {
    TinyModel.write(folder, "recipe", Float.NaN, FACES, new double[] {0, 0});

    assertTrue(refusal().contains("NaN"));
  }

  @Test
  void refusesAnInfiniteAnswerEvenWhereOneIsExpected() throws Exception {
    double infinite = Double.POSITIVE_INFINITY;
    TinyModel.write(
        folder, "recipe", Float.POSITIVE_INFINITY, FACES, new double[] {infinite, infinite});

    assertFalse(refusal().isBlank());
  }

  @Test
  void refusesAGraphThatTakesAnotherInput() throws Exception {
    TinyModel.write(folder, "recipe");
    Path manifest = folder.resolve(ModelArtifact.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest).replace("\"faces\",", "\"images\","));

    assertTrue(refusal().contains("the manifest says [images]"), refusal());
  }

  private String refusal() {
    return assertThrows(ModelRefusedException.class, () -> loader.load(folder)).getMessage();
  }
}
