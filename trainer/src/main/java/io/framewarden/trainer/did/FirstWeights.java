package io.framewarden.trainer.did;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Map;
import java.util.Random;

/**
 * Draws a network's first weights from a seed of its own, because the engine's generator is shared
 * by the whole process: normal with variance 2 / fan-in, which suits ReLU. Biases, normalisation
 * and slopes keep their constant first values.
 */
final class FirstWeights {

  private FirstWeights() {}

  static void fill(Map<String, Parameter> parameters, long seed) {
    parameters.forEach(
        (path, parameter) -> {
          if (parameter.getType() == Parameter.Type.WEIGHT) {
            // Each path has its own sequence: an ablation does not change the other parts' weights.
            float[] drawn = draw(parameter.getShape(), seed * 31 + path.hashCode());
            TensorValues.replace(parameter.getArray(), drawn);
          }
        });
  }

  private static float[] draw(Shape shape, long seed) {
    Random random = new Random(seed);
    long fanIn = shape.size() / shape.get(0);
    double deviation = Math.sqrt(2.0 / fanIn);
    float[] weights = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * deviation);
    }
    return weights;
  }
}
