package io.framewarden.detector.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.PixelFormat;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine must do; each engine's test inherits it. */
public abstract class InferenceEngineContract {
  @TempDir Path folder;
  private InferenceEngine engine;

  /** Opens the engine under test on an artifact of {@link TinyModel}. */
  protected abstract InferenceEngine open(ModelArtifact artifact);

  @BeforeEach
  void openTinyModel() throws Exception {
    engine = open(TinyModel.write(folder, "digest"));
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void givesTheModelsLogits() {
    List<byte[]> faces = List.of(TinyModel.plain(10), TinyModel.noise(7), TinyModel.plain(250));

    Scores scores = engine.score(batch(faces));

    for (int i = 0; i < faces.size(); i++) {
      assertEquals(TinyModel.logit(faces.get(i)), scores.logit(i), 1e-4);
    }
  }

  @Test
  void givesAnAttentionMapForEachFace() {
    byte[] brightCorner = TinyModel.plain(0);
    for (int y = 0; y < 32; y++) {
      java.util.Arrays.fill(brightCorner, y * TinyModel.SIDE, y * TinyModel.SIDE + 32, (byte) 255);
    }

    Scores scores = engine.score(batch(List.of(TinyModel.plain(0), brightCorner)));

    assertEquals(7, scores.attentionWidth());
    assertEquals(7, scores.attentionHeight());
    assertTrue(scores.attention(0, 0) < 0.1);
    assertTrue(scores.attention(1, 0) > 0.9);
    assertTrue(scores.attention(1, 1) < 0.1);
  }

  @Test
  void takesBatchesOfAnySizeInAnyOrder() {
    for (int size : new int[] {1, 5, 33, 2, 64}) {
      Scores scores = engine.score(batch(Collections.nCopies(size, TinyModel.noise(3))));

      assertEquals(size, scores.size());
      assertEquals(TinyModel.logit(TinyModel.noise(3)), scores.logit(size - 1), 1e-4);
    }
  }

  @Test
  void keepsTheOrderOfABatch() {
    List<byte[]> faces = IntStream.range(0, 50).mapToObj(TinyModel::noise).toList();

    Scores scores = engine.score(batch(faces));

    for (int i = 0; i < faces.size(); i++) {
      assertEquals(TinyModel.logit(faces.get(i)), scores.logit(i), 1e-4);
    }
  }

  @Test
  void scoresAFaceAlikeAloneAndAmongOthers() {
    byte[] face = TinyModel.noise(5);
    double alone = engine.score(batch(List.of(face))).logit(0);

    Scores among = engine.score(batch(List.of(TinyModel.plain(0), face, TinyModel.plain(255))));

    assertEquals(alone, among.logit(1), 1e-6);
  }

  @Test
  void refusesFacesOfAnotherSize() {
    FaceBatch small = FaceBatch.of(new FaceShape(2, 2, PixelFormat.GRAY8), List.of(new byte[4]));

    assertThrows(IllegalArgumentException.class, () -> engine.score(small));
  }

  @Test
  void namesItself() {
    assertFalse(engine.name().isBlank());
  }

  @Test
  void closesTwice() {
    engine.close();
    engine.close();
  }

  protected static FaceBatch batch(List<byte[]> faces) {
    return FaceBatch.of(TinyModel.SHAPE, faces);
  }
}
