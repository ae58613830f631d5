package io.framewarden.detector.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.InferenceEngineContract;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeEngineTest extends InferenceEngineContract {

  @Override
  protected InferenceEngine open(ModelArtifact artifact) {
    return new OnnxRuntimeFactory(3).open(artifact);
  }

  @Test
  void namesTheRuntimeThatIsLoaded(@TempDir Path tiny) throws Exception {
    try (InferenceEngine engine = open(TinyModel.write(tiny, "digest"))) {
      String version = OrtEnvironment.getEnvironment().getVersion();
      assertEquals("onnxruntime-" + version + "-cpu", engine.name());
    }
  }

  @Test
  void timesTheTransfer(@TempDir Path tiny) throws Exception {
    // One thread: with several the time is that of all together, and may be more than the whole.
    try (InferenceEngine engine = new OnnxRuntimeFactory(1).open(TinyModel.write(tiny, "digest"))) {
      long begin = System.nanoTime();
      Scores scores = engine.score(batch(Collections.nCopies(8, TinyModel.noise(1))));
      long whole = System.nanoTime() - begin;
      assertTrue(scores.transferNanos() > 0);
      assertTrue(scores.transferNanos() < whole, scores.transferNanos() + " of " + whole);
    }
  }

  @Test
  void keepsNoMemoryOfABatch(@TempDir Path tiny) throws Exception {
    try (InferenceEngine engine = open(TinyModel.write(tiny, "digest"))) {
      var batch = batch(Collections.nCopies(32, TinyModel.noise(1)));
      for (int i = 0; i < 20; i++) {
        engine.score(batch);
      }
      long resident = residentBytes();
      for (int i = 0; i < 300; i++) {
        engine.score(batch);
      }
      // Leaked inputs alone would be 300 batches of 6.4 MB.
      assertTrue(residentBytes() - resident < 400L << 20, "resident memory grew with the batches");
    }
  }

  @Test
  void refusesWhatIsNoGraph(@TempDir Path tiny) throws Exception {
    ModelArtifact artifact = TinyModel.write(tiny, "digest");
    Files.writeString(artifact.model(), "not a graph");

    InferenceException refusal =
        assertThrows(InferenceException.class, () -> open(artifact).close());

    assertTrue(refusal.getMessage().contains(artifact.model().toString()), refusal.getMessage());
  }

  private static long residentBytes() throws Exception {
    Path statm = Path.of("/proc/self/statm");
    if (!Files.exists(statm)) {
      return 0; // not Linux: the count of arrays alone must do
    }
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
  }
}
