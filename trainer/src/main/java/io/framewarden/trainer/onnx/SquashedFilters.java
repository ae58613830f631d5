package io.framewarden.trainer.onnx;

import ai.djl.nn.Parameter;

/** F3-Net's filters as constants: the fixed part plus {@code tanh(learnt / 2)}. */
final class SquashedFilters {

  private SquashedFilters() {}

  static float[] of(float[] base, Parameter learnt) {
    float[] filters = learnt.getArray().toFloatArray();
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) (base[i] + Math.tanh(filters[i] / 2.0));
    }
    return filters;
  }
}
