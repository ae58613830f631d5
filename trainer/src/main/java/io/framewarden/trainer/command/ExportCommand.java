package io.framewarden.trainer.command;

import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.run.ArtifactPublisher;
import io.framewarden.trainer.run.CalibrationPlan;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.RunRecord;
import io.framewarden.trainer.run.RunSummary;
import io.framewarden.trainer.training.DidCheckpoint;
import io.framewarden.trainer.training.TrainedDid;
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

/** {@code framewarden export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Exports the last checkpoint of a run as a model artifact: graph, calibration, metrics.",
      "Needs the archives that the run was trained on, to calibrate and to evaluate."
    })
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN_DIR", description = "Made by `framewarden train`.")
  private Path runFolder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the artifact; an artifact that is there is replaced.")
  private Path out;

  @Mixin private ArtifactOptions artifact;
  @Mixin private CalibrationOptions calibration;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    RunRecord run = RunRecord.read(runFolder);
    Path last =
        new RunFolder(runFolder)
            .latestCheckpoint()
            .orElseThrow(
                () ->
                    new UserError(
                        runFolder + ": no checkpoint there yet; resume with `train --resume`"));
    List<Path> archives = run.archives().stream().map(Path::of).toList();
    RunData data = RunData.read(archives, run.recipe().data());
    if (!data.faces().contentDigest().equals(run.contentDigest())) {
      throw new UserError(
          archives + ": changed since " + runFolder + " was trained; put the old ones back");
    }
    CalibrationPlan plan = calibration.plan();
    plan.check(data);
    PrintWriter err = spec.commandLine().getErr();
    plan.warnings(data).forEach(warning -> err.println("warning: " + warning));
    try (TrainedDid trained = DidCheckpoint.load(last)) {
      if (trained.step() < run.recipe().training().steps()) {
        err.printf(
            "the run has done %d of %d steps; exporting it unfinished%n",
            trained.step(), run.recipe().training().steps());
      }
      err.flush();
      ModelArtifact model =
          new ArtifactPublisher(run, data, artifact.info(), plan).publish(trained, out).model();
      spec.commandLine().getOut().println(RunSummary.of(model));
    }
    return 0;
  }
}
