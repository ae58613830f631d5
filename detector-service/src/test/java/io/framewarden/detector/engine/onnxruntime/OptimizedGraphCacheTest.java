package io.framewarden.detector.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.BuildCache;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizedGraphCacheTest {
  private static final List<byte[]> FACES =
      List.of(TinyModel.noise(1), TinyModel.plain(3), TinyModel.plain(250), TinyModel.noise(2));

  @TempDir Path folder;
  private ModelArtifact artifact;
  private Path cache;

  @BeforeEach
  void write() throws Exception {
    artifact = TinyModel.write(folder.resolve("model"), "recipe");
    cache = folder.resolve("cache");
  }

  @Test
  void scoresBitForBitAsTheOriginalGraph() throws Exception {
    double[] plain = logits(Optional.empty());

    double[] making = logits(Optional.of(cache));
    FileTime made = Files.getLastModifiedTime(cachedGraph());
    double[] cached = logits(Optional.of(cache));

    assertArrayEquals(plain, making, 0);
    assertArrayEquals(plain, cached, 0);
    assertEquals(made, Files.getLastModifiedTime(cachedGraph()), "the second start made it again");
  }

  @Test
  void aChangedFileIsOptimisedAgain() throws Exception {
    double[] plain = logits(Optional.of(cache));
    Files.writeString(cachedGraph(), "no graph");

    assertArrayEquals(plain, logits(Optional.of(cache)), 0);
    assertNotEquals(
        "no graph",
        new String(
            Files.readAllBytes(cachedGraph()), java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void aFileThatCannotBeLoadedIsOptimisedAgain() throws Exception {
    double[] plain = logits(Optional.of(cache));
    String sound = Sha256.of(cachedGraph());
    Files.writeString(cachedGraph(), "no graph");
    Path sidecar = BuildCache.sidecar(cachedGraph());
    Files.writeString(sidecar, Files.readString(sidecar).replace(sound, Sha256.of(cachedGraph())));

    assertArrayEquals(plain, logits(Optional.of(cache)), 0);
    assertEquals(sound, Sha256.of(cachedGraph()));
  }

  @Test
  void anotherModelHasItsOwn() throws Exception {
    logits(Optional.of(cache));
    artifact = TinyModel.write(folder.resolve("other"), "another recipe");
    logits(Optional.of(cache));

    try (Stream<Path> files = Files.list(cache.resolve("onnxruntime"))) {
      assertEquals(2, files.filter(file -> file.toString().endsWith(".onnx")).count());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenOnlyCostsTime() throws Exception {
    Files.writeString(cache, "a file where the folder should be");

    assertArrayEquals(logits(Optional.empty()), logits(Optional.of(cache)), 0);
  }

  @Test
  void withoutAFolderNothingIsWritten() throws Exception {
    logits(Optional.empty());

    assertFalse(Files.exists(cache));
  }

  private static OnnxRuntimeFactory factory(Optional<Path> folder) {
    return folder
        .map(cache -> new OnnxRuntimeFactory(1, cache))
        .orElseGet(() -> new OnnxRuntimeFactory(1));
  }

  private double[] logits(Optional<Path> where) {
    try (InferenceEngine engine = factory(where).open(artifact)) {
      Scores scores = engine.score(FaceBatch.of(TinyModel.SHAPE, FACES));
      double[] logits = new double[scores.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = scores.logit(i);
      }
      return logits;
    }
  }

  private Path cachedGraph() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("onnxruntime"))) {
      return files.filter(file -> file.toString().endsWith(".onnx")).findFirst().orElseThrow();
    }
  }
}
