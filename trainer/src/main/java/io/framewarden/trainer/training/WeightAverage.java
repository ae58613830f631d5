package io.framewarden.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.TensorValues;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exponential moving average of a network's parameters and running statistics (Polyak,
 * Juditsky: Acceleration of Stochastic Approximation by Averaging, 1992, as it is used for networks
 * today). It begins with the first weights, which young averages forget sooner: after step t at
 * most {@code (1 + t) / (10 + t)} of it survives.
 *
 * <p>The averages belong to the manager that is given, the parameters stay the network's.
 */
final class WeightAverage {

  private final double decay;
  private final Map<String, Parameter> parameters;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * An average that begins with the parameters as they are.
   *
   * @param decay how much of it survives a step, below 1; 0 for no average at all
   */
  WeightAverage(double decay, Map<String, Parameter> parameters, NDManager manager) {
    this.decay = decay;
    this.parameters = parameters;
    if (decay > 0) {
      parameters.forEach((path, parameter) -> averages.put(path, copy(parameter, manager)));
    }
  }

  private static NDArray copy(Parameter parameter, NDManager manager) {
    NDArray copy = parameter.getArray().duplicate();
    copy.attach(manager);
    return copy;
  }

  /**
   * Takes in what a step has made of the parameters.
   *
   * @param step from 0
   */
  void add(long step) {
    double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
    try (GradientMode disabled = GradientMode.disable()) {
      averages.forEach(
          (path, average) -> {
            // What comes of a parameter belongs to the network's manager, unless closed for good.
            try (NDArray part = parameters.get(path).getArray().mul(1 - kept)) {
              average.muli(kept);
              average.addi(part);
            }
          });
    }
  }

  /** Gives the network its averages, if there are any, in place of its parameters. */
  void apply() {
    averages.forEach(
        (path, average) -> TensorValues.copy(average, parameters.get(path).getArray()));
  }

  /** The averages by the parameters' paths; empty without any. */
  Map<String, NDArray> averages() {
    return averages;
  }
}
