package io.framewarden.detector.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.schemas.model.ModelArtifact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Buckets over ONNX Runtime: everything of the TensorRT engine but TensorRT. */
class BucketedEngineTest extends InferenceEngineContract {
  private final List<Integer> calls = new ArrayList<>();
  private int closed;

  @Override
  protected InferenceEngine open(ModelArtifact artifact) {
    Map<Integer, BucketProgram> programs = new HashMap<>();
    for (int bucket : List.of(1, 4, 16)) {
      programs.put(bucket, program(bucket, new OnnxRuntimeFactory(1).open(artifact)));
    }
    return new BucketedEngine("bucketed", Precision.FP16, TinyModel.SHAPE, programs);
  }

  @Test
  void eachProgramSeesOnlyItsOwnBatchSize() {
    try (InferenceEngine engine = tiny()) {
      Scores scores = engine.score(batch(Collections.nCopies(18, TinyModel.noise(4))));

      assertEquals(18, scores.size());
      assertEquals(List.of(16, 4), calls);
      assertEquals(2, engine.padding(18));
      assertEquals(List.of(1, 4, 16), engine.batchSizes());
    }
  }

  @Test
  void closesEveryProgram() {
    tiny().close();

    assertEquals(3, closed);
  }

  @Test
  void scoresAreInTheBatchsOrder() {
    List<byte[]> faces = new ArrayList<>();
    for (int i = 0; i < 22; i++) {
      faces.add(TinyModel.plain(i * 10));
    }
    try (InferenceEngine engine = tiny()) {
      Scores scores = engine.score(batch(faces));

      for (int i = 1; i < faces.size(); i++) {
        assertEquals(TinyModel.logit(faces.get(i)), scores.logit(i), 1e-4);
        assertTrue(scores.attention(i, 48) >= scores.attention(i - 1, 48));
      }
    }
  }

  private InferenceEngine tiny() {
    calls.clear();
    Map<Integer, BucketProgram> programs = new HashMap<>();
    for (int bucket : List.of(1, 4, 16)) {
      programs.put(bucket, program(bucket, new FakeEngine()));
    }
    return new BucketedEngine("bucketed", Precision.FP32, TinyModel.SHAPE, programs);
  }

  private BucketProgram program(int bucket, InferenceEngine engine) {
    return new BucketProgram() {
      @Override
      public Scores score(FaceBatch batch) {
        assertEquals(bucket, batch.size());
        calls.add(bucket);
        return engine.score(batch);
      }

      @Override
      public void close() {
        closed++;
        engine.close();
      }
    };
  }
}
