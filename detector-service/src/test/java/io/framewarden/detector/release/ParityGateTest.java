package io.framewarden.detector.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.BucketProgram;
import io.framewarden.detector.engine.BucketedEngine;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.ModelArtifact;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate allows by precision, and that it tries every program of an engine. */
class ParityGateTest {
  private static final List<byte[]> FACES =
      List.of(TinyModel.noise(1), TinyModel.noise(2), TinyModel.plain(128));

  @TempDir Path folder;
  private final Map<Integer, FakeEngine> programs = new HashMap<>();

  @Test
  void halfPrecisionHasAWiderTolerance() throws Exception {
    ModelArtifact artifact = artifact(0.04); // a hundredth of probability at the middle

    double worst = ParityGate.check(artifact, engine(Precision.FP16, 0), 4);

    assertTrue(worst > 5e-3 && worst < 2e-2, "worst " + worst);
    String refusal = refusal(artifact, engine(Precision.FP32, 0));
    assertTrue(refusal.contains("in fp32 a difference of up to 0.001"), refusal);
  }

  @Test
  void halfPrecisionIsRefusedBeyondItsTolerance() throws Exception {
    String refusal = refusal(artifact(0.2), engine(Precision.FP16, 0));

    assertTrue(refusal.contains("in fp16 a difference of up to 0.02"), refusal);
  }

  @Test
  void everyBucketIsCheckedWithAFullBatch() throws Exception {
    ParityGate.check(artifact(0), engine(Precision.FP32, 0), 2);

    assertEquals(List.of(1, 1, 1), programs.get(1).takeBatchSizes().subList(0, 3));
    assertTrue(programs.get(8).takeBatchSizes().contains(8));
    assertTrue(programs.get(16).takeBatchSizes().contains(16));
  }

  @Test
  void oneWrongBucketIsEnoughToRefuse() throws Exception {
    String refusal = refusal(artifact(0), engine(Precision.FP32, 16));

    assertTrue(refusal.contains("in a batch of 16"), refusal);
  }

  private ModelArtifact artifact(double error) throws Exception {
    double[] logits = FACES.stream().mapToDouble(face -> TinyModel.logit(face) + error).toArray();
    return TinyModel.write(folder, "recipe", 0, FACES, logits);
  }

  private static String refusal(ModelArtifact artifact, InferenceEngine engine) {
    return assertThrows(ModelRefusedException.class, () -> ParityGate.check(artifact, engine, 4))
        .getMessage();
  }

  /** Buckets of 1, 8 and 16, of which one gives wrong answers. */
  private InferenceEngine engine(Precision precision, int wrong) {
    Map<Integer, BucketProgram> buckets = new HashMap<>();
    for (int bucket : List.of(1, 8, 16)) {
      FakeEngine fake =
          bucket == wrong ? new FakeEngine(face -> true) : new FakeEngine(face -> false);
      programs.put(bucket, fake);
      buckets.put(bucket, program(fake));
    }
    return new BucketedEngine("fake", precision, TinyModel.SHAPE, buckets);
  }

  private static BucketProgram program(FakeEngine fake) {
    return new BucketProgram() {
      @Override
      public Scores score(FaceBatch batch) {
        return fake.score(batch);
      }

      @Override
      public void close() {
        fake.close();
      }
    };
  }
}
