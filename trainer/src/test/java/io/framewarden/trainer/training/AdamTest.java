package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import io.framewarden.trainer.did.GradientMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdamTest {

  @ParameterizedTest
  @CsvSource({"classifier.w, false", "classifier.w, true", "backbone.w, false", "backbone.w, true"})
  void stepsAreThoseOfThePublishedAlgorithm(String path, boolean decoupled) {
    OptimizerConfig config =
        OptimizerConfig.builder()
            .learningRate(0.1)
            .backboneFactor(0.5)
            .weightDecay(0.2)
            .decoupled(decoupled)
            .beta2(0.99)
            .warmupSteps(2)
            .finalFactor(0.1)
            .build();
    double rateFactor = path.startsWith("backbone") ? 0.5 : 1;
    double w = 2;
    double m = 0;
    double v = 0;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Parameter parameter = parameter(manager);
      Adam adam = new Adam(config, 5, Map.of(path, parameter), manager);
      for (int step = 0; step < 5; step++) {
        square(parameter);
        adam.step(step);
        double rate = 0.1 * rateFactor * config.factor(step, 5);
        double gradient = 2 * w + (decoupled ? 0 : 0.2 * w);
        w -= decoupled ? rate * 0.2 * w : 0;
        m = 0.9 * m + 0.1 * gradient;
        v = 0.99 * v + 0.01 * gradient * gradient;
        double unbiasedM = m / (1 - Math.pow(0.9, step + 1));
        double unbiasedV = v / (1 - Math.pow(0.99, step + 1));
        w -= rate * unbiasedM / (Math.sqrt(unbiasedV) + 1e-8);
        assertEquals(w, parameter.getArray().getFloat(0), 1e-5, "step " + step);
      }
    }
  }

  @Test
  void theEstimatorsStepIsAsMuchShorterAsItsFactorSays() {
    OptimizerConfig config = OptimizerConfig.builder().learningRate(0.1).weightDecay(0).build();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Parameter estimator = parameter(manager);
      Parameter other = parameter(manager);
      Map<String, Parameter> both = Map.of("estimator.w", estimator, "classifier.w", other);
      Adam adam = new Adam(config, 5, both, manager);
      square(estimator);
      square(other);
      adam.step(0, 0.25);
      // A first step of Adam is as long as its rate, whatever the gradient.
      assertEquals(2 - 0.025, estimator.getArray().getFloat(0), 1e-5);
      assertEquals(2 - 0.1, other.getArray().getFloat(0), 1e-5);
    }
  }

  private static Parameter parameter(NDManager manager) {
    Parameter parameter =
        Parameter.builder()
            .setName("w")
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(1))
            .optInitializer(new ConstantInitializer(2))
            .build();
    parameter.initialize(manager, DataType.FLOAT32);
    return parameter;
  }

  /** Leaves the gradient of w * w. */
  private static void square(Parameter parameter) {
    try (GradientMode enabled = GradientMode.enable();
        NDArray loss = parameter.getArray().square().sum()) {
      GradientMode.backward(loss);
    }
  }
}
