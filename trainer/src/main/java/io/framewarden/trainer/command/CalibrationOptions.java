package io.framewarden.trainer.command;

import io.framewarden.trainer.run.CalibrationPlan;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model's probabilities and thresholds are chosen, on whom, and for which extractions. */
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

  @Option(
      names = "--also-extracted",
      paramLabel = "ARCHIVE",
      arity = "1..*",
      description = {
        "Measure the model on archives of other extractions, say by another detector, and name",
        "these in its manifest: scorers then take their faces too. People whom training or",
        "calibration saw are left out; somebody real must remain."
      })
  private List<Path> alsoExtracted = List.of();

  CalibrationPlan plan() {
    return method.plan(archives, alsoExtracted);
  }
}
