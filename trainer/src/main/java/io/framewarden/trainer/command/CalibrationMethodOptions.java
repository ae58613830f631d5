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

  @Option(
      names = "--thresholds-on",
      paramLabel = "ARCHIVE",
      arity = "1..*",
      description = {
        "Every operating point must hold on the real videos of each of these archives too, by a",
        "video's mean probability: the highest threshold of all is taken."
      })
  private List<Path> realVideos = List.of();

  CalibrationPlan plan(List<Path> archives, List<Path> alsoExtracted) {
    Method method = fit == Fit.platt ? Method.PLATT : Method.TEMPERATURE;
    return new CalibrationPlan(archives, method, rates, realVideos, alsoExtracted);
  }
}
