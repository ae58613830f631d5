package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.GrayInput.Scale.SYMMETRIC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.Test;

class GrayInputTest {

  @Test
  void aFlatFaceHasNoResidueEvenAtTheBorder() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray faces = manager.full(new Shape(1, 1, 8, 8), 255f);
      NDArray x = apply(manager, new GrayInput(true, SYMMETRIC, 8), faces);
      assertEquals(new Shape(1, 2, 8, 8), x.getShape());
      assertEquals(1f, x.get(0, 0).min().getFloat(), 1e-6f);
      assertArrayEquals(new float[64], x.get(0, 1).toFloatArray(), 1e-4f);
    }
  }

  @Test
  void theResidueIsWhatTheMeanLeavesOver() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] pixels = new float[81];
      pixels[4 * 9 + 4] = 250;
      NDArray faces = manager.create(pixels, new Shape(1, 1, 9, 9));
      float[] residue =
          apply(manager, new GrayInput(true, SYMMETRIC, 9), faces).get(0, 1).toFloatArray();
      assertEquals((250 - 10) / 16f, residue[4 * 9 + 4], 1e-5f);
      assertEquals(-10 / 16f, residue[2 * 9 + 2], 1e-5f);
      assertEquals(0, residue[9 + 4], 1e-5f);
    }
  }

  private static NDArray apply(NDManager manager, GrayInput input, NDArray faces) {
    return input.apply(new ParameterStore(manager, false), faces, false);
  }
}
