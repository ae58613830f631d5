package io.framewarden.trainer.onnx;

import io.framewarden.trainer.backbone.ConvUnit;

/**
 * A convolution with the batch normalisation after it folded in, as running statistics allow:
 * {@code w gamma / sqrt(var + eps)} and {@code beta - mean gamma / sqrt(var + eps)}. Folded in
 * double precision, so that the graph is not further from the network than float32 makes it.
 *
 * @param weights (outputs, inputs, kernel, kernel)
 * @param bias (outputs)
 */
record FoldedUnit(float[] weights, float[] bias) {

  static FoldedUnit of(ConvUnit unit) {
    float[] weights = unit.weight().getArray().toFloatArray();
    float[] gamma = unit.gamma().getArray().toFloatArray();
    float[] beta = unit.beta().getArray().toFloatArray();
    float[] mean = unit.mean().getArray().toFloatArray();
    float[] variance = unit.variance().getArray().toFloatArray();
    float[] bias = new float[gamma.length];
    int perOutput = weights.length / gamma.length;
    for (int output = 0; output < gamma.length; output++) {
      double scale = gamma[output] / Math.sqrt(variance[output] + (double) ConvUnit.EPSILON);
      bias[output] = (float) (beta[output] - mean[output] * scale);
      for (int i = output * perOutput; i < (output + 1) * perOutput; i++) {
        weights[i] = (float) (weights[i] * scale);
      }
    }
    return new FoldedUnit(weights, bias);
  }
}
