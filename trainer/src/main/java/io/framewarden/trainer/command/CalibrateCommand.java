package io.framewarden.trainer.command;

import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.run.ArtifactCalibration;
import io.framewarden.trainer.run.ArtifactCalibration.Calibrated;
import io.framewarden.trainer.run.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden calibrate}. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Chooses a model's operating points and probability by labelled faces.",
      "",
      "The model is e.g. an imported one. The faces are those of people labelled",
      "`validation`, or of everybody where nobody is. On real faces alone it chooses",
      "thresholds by the share that is flagged, and the probability claims nothing."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model artifact.")
  private Path folder;

  @Option(
      names = "--on",
      paramLabel = "ARCHIVE",
      required = true,
      arity = "1..*",
      description = "Made by `framewarden faces --for-model MODEL`.")
  private List<Path> archives;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the calibrated artifact (default: it replaces MODEL).")
  private Path out;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "Unique for a name (default: the old one with -calibrated).")
  private String version;

  @Mixin private CalibrationMethodOptions calibration;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ModelArtifact model = ModelArtifact.open(folder);
    Calibrated calibrated =
        new ArtifactCalibration(calibration.plan(archives, List.of()), version)
            .write(model, out == null ? folder : out);
    PrintWriter err = spec.commandLine().getErr();
    if (calibrated.fakes() == 0) {
      err.printf(
          "note: %d real faces and no fakes: thresholds are chosen, the probability claims"
              + " nothing%n",
          calibrated.reals());
    } else {
      err.printf(
          "%d real and %d fake faces; the probability is of such a mix%n",
          calibrated.reals(), calibrated.fakes());
    }
    err.flush();
    spec.commandLine().getOut().println(RunSummary.of(calibrated.model()));
    return 0;
  }
}
