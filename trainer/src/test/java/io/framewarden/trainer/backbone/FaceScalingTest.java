package io.framewarden.trainer.backbone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.Test;

class FaceScalingTest {

  /** Against PyTorch 2.7.1: interpolate(mode="bilinear", antialias=True) of 0..24 as 5 x 5. */
  @Test
  void aFaceIsScaledAsImageLibrariesDo() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray face = manager.arange(25f).reshape(1, 1, 5, 5);
      float[] small = {
        2.57143f, 4.14286f, 5.71429f, 10.42857f, 12.00000f, 13.57143f, 18.28571f, 19.85714f,
        21.42857f
      };
      assertArrayEquals(small, FaceScaling.scaled(face, 3).toFloatArray(), 1e-4f);
      float[] large = {
        0.00000f, 0.43750f, 1.06250f, 1.68750f, 2.31250f, 2.93750f, 3.56250f, 4.00000f, 2.18750f,
        2.62500f, 3.25000f, 3.87500f, 4.50000f, 5.12500f, 5.75000f, 6.18750f
      };
      NDArray two = FaceScaling.scaled(face, 8).get(":, :, :2");
      assertArrayEquals(large, two.toFloatArray(), 1e-4f);
      assertSame(face, FaceScaling.scaled(face, 5));
    }
  }

  @Test
  void whatIsTurnedIsScaledAlike() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray face = manager.randomUniform(0, 255, new Shape(2, 1, 7, 7));
      NDArray turned = FaceScaling.scaled(face.transpose(0, 1, 3, 2), 4);
      assertArrayEquals(
          FaceScaling.scaled(face, 4).transpose(0, 1, 3, 2).toFloatArray(),
          turned.toFloatArray(),
          1e-4f);
    }
  }

  /** A stride of 2 on an even side: no zero before the first pixel, one after the last. */
  @Test
  void zerosOfTensorFlowsPaddingComeAfterTheImage() {
    ConvUnit unit = ConvUnit.of(1, 1, 3).stride(2).paddedAsTensorFlow().build();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      unit.initialize(manager, ai.djl.ndarray.types.DataType.FLOAT32, new Shape(1, 1, 4, 4));
      unit.weight().getArray().intern(manager.ones(new Shape(1, 1, 3, 3)));
      NDArray image = manager.arange(16f).reshape(1, 1, 4, 4);
      NDArray sums = unit.apply(new ParameterStore(manager, false), image, false);
      assertEquals(unit.outputShape(image.getShape()), sums.getShape());
      assertArrayEquals(new float[] {45, 39, 66, 50}, sums.toFloatArray());
    }
  }
}
