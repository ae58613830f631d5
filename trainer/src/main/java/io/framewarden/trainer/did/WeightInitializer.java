package io.framewarden.trainer.did;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Draws a network's first weights from a seed of its own, because the engine's generator is shared
 * by the whole process: normal with variance 2 / fan-in, which suits ReLU. Biases, normalisation
 * and slopes keep their constant first values.
 *
 * <p>Two convolutions of an attention begin smaller, so that its sigmoid begins in the middle.
 * S-ADP sums over all cells of the map, and would outweigh the other two poolings; and the product
 * of the two branches would be so large that every mask is 0 or 1 from the first step on, at
 * random, which no gradient moves and which hides half of every feature map from the classifier.
 */
public final class WeightInitializer {
  private static final String S_ADP = "sAdp";
  private static final String CHANNEL = "channel_";
  private static final double SMALL = 0.1;

  private WeightInitializer() {}

  /**
   * Draws every weight anew; other parameters stay as they are.
   *
   * @param cells of the feature map, h * w
   */
  static void fill(Map<String, Parameter> parameters, int cells, long seed) {
    fill(parameters, path -> gain(path, cells), seed);
  }

  /**
   * Draws every weight anew; other parameters stay as they are.
   *
   * @param gain factor on the weights of a path
   */
  public static void fill(
      Map<String, Parameter> parameters, ToDoubleFunction<String> gain, long seed) {
    parameters.forEach(
        (path, parameter) -> {
          if (parameter.getType() == Parameter.Type.WEIGHT) {
            // Each path has its own sequence: an ablation does not change the other parts' weights.
            float[] weights =
                draw(parameter.getShape(), gain.applyAsDouble(path), seed * 31 + path.hashCode());
            TensorValues.replace(parameter.getArray(), weights);
          }
        });
  }

  private static double gain(String path, int cells) {
    if (path.startsWith(DidNetwork.BACKBONE)) {
      return 1;
    }
    if (path.contains(S_ADP)) {
      return 1.0 / cells;
    }
    return path.contains(CHANNEL) ? SMALL : 1;
  }

  private static float[] draw(Shape shape, double gain, long seed) {
    Random random = new Random(seed);
    long fanIn = shape.size() / shape.get(0);
    double deviation = gain * Math.sqrt(2.0 / fanIn);
    float[] weights = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * deviation);
    }
    return weights;
  }
}
