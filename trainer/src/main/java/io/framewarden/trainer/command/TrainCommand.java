package io.framewarden.trainer.command;

import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.run.ArtifactPublisher;
import io.framewarden.trainer.run.CalibrationPlan;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.RunRecord;
import io.framewarden.trainer.run.RunReport;
import io.framewarden.trainer.run.RunSummary;
import io.framewarden.trainer.run.TrainingRun;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.TrainingDevices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model on face archives and writes its artifact to RUN_DIR/model.",
      "Fakes are the archives' own, and the pseudo-fakes that --forge makes from real faces.",
      "Interrupted runs continue with --resume and end with the same result."
    })
final class TrainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Made by `framewarden faces`.")
  private List<Path> archives;

  @Option(
      names = "--out",
      paramLabel = "RUN_DIR",
      required = true,
      description =
          "Folder for the run: its record, checkpoints and, in the end, model and report.")
  private Path out;

  @Option(names = "--resume", description = "Resume the run in RUN_DIR.")
  private boolean resume;

  @Option(
      names = "--pretrained",
      paramLabel = "FILE|MODEL",
      description = {
        "Published weights for the backbone to start from: a safetensors file or a PyTorch state",
        "dict (.pth, .pt) of that very architecture, with its publisher's names. Or a model",
        "artifact of the recipe's network, to train it further."
      })
  private Path pretrained;

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = {
        "cpu, cuda (every GPU), or a list as cuda:0,cuda:1, which share each batch (default cpu).",
        "On another number of devices a run is not the same to the last bit."
      })
  private List<String> devices;

  @Mixin private RecipeOptions options;

  @Option(
      names = "--no-report",
      description = "Do not write RUN_DIR/report, which shows faces of the archives.")
  private boolean withoutReport;

  @Mixin private ArtifactOptions artifact;
  @Mixin private CalibrationOptions calibration;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (RunRecord.isIn(out) && !resume) {
      throw new UserError(
          out + ": holds a run already; resume it with --resume, or name another folder");
    }
    PrintWriter err = spec.commandLine().getErr();
    RunFolder folder = new RunFolder(out);
    RunRecord stored = resume ? RunRecord.read(out) : null;
    Recipe recipe = options.recipe(stored == null ? null : stored.recipe());
    RunData data = RunData.read(archives, recipe.data());
    RunRecord run = record(stored, recipe, data);
    CalibrationPlan plan = calibration.plan();
    plan.check(data);
    printData(data, plan, err);
    TrainingRun training = new TrainingRun(run, data, folder, TrainingDevices.parse(devices), err);
    if (run.pretrained() != null && !(resume && folder.latestCheckpoint().isPresent())) {
      training.startFrom(pretrained);
    }
    run.write(out);
    try (TrainedDid trained = training.train()) {
      ArtifactPublisher.Published published =
          new ArtifactPublisher(run, data, artifact.info(), plan).publish(trained, folder.model());
      spec.commandLine().getOut().println(RunSummary.of(published.model()));
      if (!withoutReport) {
        err.println("report: " + RunReport.write(folder, data, trained, published));
      }
    }
    return 0;
  }

  private RunRecord record(RunRecord stored, Recipe recipe, RunData data) throws IOException {
    if (pretrained != null && Files.isDirectory(pretrained)) {
      pretrained = pretrained.resolve(ModelArtifact.MODEL);
    }
    RunRecord.Pretrained weights =
        pretrained == null && stored != null
            ? stored.pretrained()
            : RunRecord.Pretrained.of(pretrained);
    RunRecord run = RunRecord.of(archives, data, recipe, weights);
    if (stored != null) {
      run.checkContinues(stored, out);
    }
    return run;
  }

  private static void printData(RunData data, CalibrationPlan plan, PrintWriter err) {
    err.printf(
        "%d real and %d fake faces to train on, %d to calibrate on, %d to evaluate on%n",
        data.train().reals().size(),
        data.train().fakes().size(),
        data.validation().faces().size(),
        data.test().faces().size());
    int extractions = data.faces().extractions().size();
    if (extractions > 1) {
      err.printf(
          "the faces are of %d extractions: the model will be for all of them%n", extractions);
    }
    if (data.faces().unlabelled() > 0) {
      err.printf("%d unlabelled faces are left out%n", data.faces().unlabelled());
    }
    plan.warnings(data).forEach(warning -> err.println("warning: " + warning));
    err.flush();
  }
}
