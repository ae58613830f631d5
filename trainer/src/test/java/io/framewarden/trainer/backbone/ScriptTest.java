package io.framewarden.trainer.backbone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ScriptTest {

  private static final float[] VALUES = {-3, -0.001f, 0.5f, 5.99f, 6.01f, 100};

  @Test
  void relu6IsZeroBelowAndSixAbove() {
    check(Script.RELU6::of, new float[] {0, 0, 0.5f, 5.99f, 6, 6}, new float[] {0, 0, 1, 1, 0, 0});
  }

  @Test
  void bfloat16KeepsEightBits() {
    float[] rounded = {-3, -0.00099945f, 0.5f, 6, 6, 100};
    check(x -> Script.FLOAT32.of(Script.BFLOAT16.of(x)), rounded, new float[] {1, 1, 1, 1, 1, 1});
  }

  private static void check(UnaryOperator<NDArray> function, float[] expected, float[] slopes) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = manager.create(VALUES);
      x.setRequiresGradient(true);
      NDArray y = function.apply(x);
      assertSame(manager, y.getManager());
      assertArrayEquals(expected, y.toFloatArray(), 1e-6f);
      PtNDArray ones = (PtNDArray) manager.ones(y.getShape());
      JniUtils.backward((PtNDArray) y, ones, false, false);
      assertArrayEquals(slopes, x.getGradient().toFloatArray());
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
