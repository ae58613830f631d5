package io.framewarden.trainer.command;

import io.framewarden.trainer.run.CalibrationPlan;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model's probabilities and thresholds are chosen, and on whom. */
final class CalibrationOptions {

  @Option(
      names = "--calibrate-on",
      paramLabel = "ARCHIVE",
      arity = "1..*",
      description = {
        "Calibrate and choose thresholds on these archives (their people labelled `validation`,",
        "or everybody where nobody is) instead of the run's own validation people."
      })
  private List<Path> archives = List.of();

  @Mixin private CalibrationMethodOptions method;

  CalibrationPlan plan() {
    return method.plan(archives);
  }
}
