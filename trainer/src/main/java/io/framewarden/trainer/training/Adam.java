package io.framewarden.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam, or AdamW, over a network's parameters. Keeps its moments by the parameters' paths where a
 * checkpoint can reach them, which the engine's own optimiser does not allow: only so is a resumed
 * run the same run.
 *
 * <p>The moments belong to the manager that is given.
 */
public final class Adam {

  private static final String BACKBONE = "backbone.";
  private static final String ESTIMATOR = "estimator.";

  private final OptimizerConfig config;
  private final long steps;
  private final Map<String, Parameter> learnt = new LinkedHashMap<>();
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();

  /** Moments of zero for each parameter that is learnt. */
  public Adam(
      OptimizerConfig config, long steps, Map<String, Parameter> parameters, NDManager manager) {
    this.config = config;
    this.steps = steps;
    parameters.forEach(
        (path, parameter) -> {
          if (parameter.requiresGradient()) {
            learnt.put(path, parameter);
            first.put(path, manager.zeros(parameter.getShape()));
            second.put(path, manager.zeros(parameter.getShape()));
          }
        });
  }

  /**
   * Moves every parameter along its gradient and sets the gradient to zero. A parameter that the
   * loss did not depend on stays as it is.
   *
   * @param step from 0
   */
  public void step(long step) {
    step(step, 1);
  }

  /**
   * The same with another rate for the estimator T. A factor on its gradient instead would change
   * nothing: Adam divides by the gradient's own size.
   *
   * @param estimatorFactor factor on T's rate
   */
  void step(long step, double estimatorFactor) {
    double corrected =
        Math.sqrt(1 - Math.pow(config.beta2(), step + 1.0))
            / (1 - Math.pow(config.beta1(), step + 1.0));
    double rate = config.learningRate() * config.factor(step, steps);
    learnt.forEach(
        (path, parameter) -> {
          double factor =
              path.startsWith(BACKBONE)
                  ? config.backboneFactor()
                  : path.startsWith(ESTIMATOR) ? estimatorFactor : 1;
          update(path, parameter, rate * factor, corrected);
        });
  }

  /**
   * The sums of the gradients that are no numbers, by their parameters' paths: what an update would
   * spread over the whole network.
   */
  Map<String, Float> nonFiniteGradients() {
    Map<String, Float> broken = new LinkedHashMap<>();
    learnt.forEach(
        (path, parameter) -> {
          NDArray weights = parameter.getArray();
          if (weights.hasGradient()) {
            try (NDArray gradient = weights.getGradient();
                NDArray sum = gradient.sum()) {
              float value = sum.getFloat();
              if (!Float.isFinite(value)) {
                broken.put(path, value);
              }
            }
          }
        });
    return broken;
  }

  /** Sets every gradient to zero. */
  public void clearGradients() {
    learnt
        .values()
        .forEach(
            parameter -> {
              if (parameter.getArray().hasGradient()) {
                JniUtils.zeroGrad((PtNDArray) parameter.getArray());
              }
            });
  }

  private void update(String path, Parameter parameter, double rate, double corrected) {
    NDArray weights = parameter.getArray();
    if (!weights.hasGradient()) {
      return;
    }
    double decay = parameter.getType() == Parameter.Type.WEIGHT ? config.weightDecay() : 0;
    // A gradient's handle belongs to the parameter's manager: unless closed it would stay for good.
    try (NDArray gradient = weights.getGradient()) {
      JniUtils.adamUpdate(
          (PtNDArray) weights,
          (PtNDArray) gradient,
          (PtNDArray) first.get(path),
          (PtNDArray) second.get(path),
          (float) rate,
          (float) (rate * corrected),
          (float) decay,
          1f,
          -1f,
          (float) config.beta1(),
          (float) config.beta2(),
          (float) config.epsilon(),
          config.decoupled());
      JniUtils.zeroGrad((PtNDArray) weights);
    }
  }

  /** First moments by path. */
  Map<String, NDArray> first() {
    return first;
  }

  /** Second moments by path. */
  Map<String, NDArray> second() {
    return second;
  }
}
