package io.framewarden.trainer.onnx;

import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.ConvUnit.BatchNormParameters;

/**
 * A convolution with the batch normalisation after it folded in, as running statistics allow:
 * {@code w gamma / sqrt(var + eps)} and {@code beta + (b - mean) gamma / sqrt(var + eps)}, where b
 * is the convolution's own bias or 0. Folded in double precision, so that the graph is not further
 * from the network than float32 makes it.
 *
 * @param weights (outputs, inputs / groups, kernel, kernel)
 * @param bias (outputs)
 */
record FoldedUnit(float[] weights, float[] bias) {

  static FoldedUnit of(ConvUnit unit) {
    float[] weights = unit.weight().getArray().toFloatArray();
    float[] bias =
        unit.bias().map(b -> b.getArray().toFloatArray()).orElse(new float[unit.outputs()]);
    unit.norm().ifPresent(norm -> fold(norm, weights, bias));
    return new FoldedUnit(weights, bias);
  }

  private static void fold(BatchNormParameters norm, float[] weights, float[] bias) {
    float[] gamma = norm.gamma().getArray().toFloatArray();
    float[] beta = norm.beta().getArray().toFloatArray();
    float[] mean = norm.mean().getArray().toFloatArray();
    float[] variance = norm.variance().getArray().toFloatArray();
    int perOutput = weights.length / gamma.length;
    for (int output = 0; output < gamma.length; output++) {
      double scale =
          gamma[output] / Math.sqrt(variance[output] + (double) norm.settings().epsilon());
      bias[output] = (float) (beta[output] + ((double) bias[output] - mean[output]) * scale);
      for (int i = output * perOutput; i < (output + 1) * perOutput; i++) {
        weights[i] = (float) (weights[i] * scale);
      }
    }
  }
}
