package io.framewarden.trainer.command;

import io.framewarden.trainer.evaluation.CalibrationFit.Method;
import io.framewarden.trainer.run.CalibrationPlan;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How a model's probabilities and thresholds are chosen. */
final class CalibrationMethodOptions {

  /** The methods by the names that a user types. */
  enum Fit {
    platt,
    temperature
  }

  @Option(
      names = "--calibration",
      paramLabel = "METHOD",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
      defaultValue = "platt")
  private Fit fit = Fit.platt;

  @Option(
      names = "--fpr",
      split = ",",
      paramLabel = "RATE",
      description =
          "More operating points, which flag at most these shares of real faces, as in 0.01,0.05.")
  private List<Double> rates = List.of();

  CalibrationPlan plan(List<Path> archives) {
    Method method = fit == Fit.platt ? Method.PLATT : Method.TEMPERATURE;
    return new CalibrationPlan(archives, method, rates);
  }
}
