package io.framewarden.trainer.command;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.landmark.LandmarkConfig;
import io.framewarden.trainer.landmark.LandmarkRun;
import io.framewarden.trainer.onnx.ParityException;
import io.framewarden.trainer.run.InterruptHandler;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.TrainingProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden train-landmarks}. */
@Command(
    name = "train-landmarks",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the landmark network of the extraction on photographs whose landmarks are labelled.",
      "The same command continues an interrupted run and ends with the same result."
    })
final class TrainLandmarksCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "PHOTOGRAPHS",
      description = "Folder of photographs, one face each.")
  private Path photographs;

  @Parameters(
      index = "1",
      paramLabel = "LABELS",
      description = {
        "CSV file,x0,y0,...,x67,y67: 68 landmarks in pixels, in iBUG 300-W order, as",
        "trainer/tools/label_landmarks.py writes it."
      })
  private Path labels;

  @Option(
      names = "--out",
      paramLabel = "RUN_DIR",
      required = true,
      description = "Folder for checkpoints, landmarks.onnx, report.json and two sheets.")
  private Path out;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Batches in all (default ${DEFAULT-VALUE}).")
  private long steps;

  @Option(
      names = "--faces",
      paramLabel = "N",
      defaultValue = "32",
      description = "Faces in a batch (default ${DEFAULT-VALUE}).")
  private int faces;

  @Option(
      names = "--backgrounds",
      paramLabel = "N",
      defaultValue = "12",
      description = "Squares without a face in a batch (default ${DEFAULT-VALUE}).")
  private int backgrounds;

  @Option(
      names = {"--lr", "--learning-rate"},
      paramLabel = "RATE",
      defaultValue = "0.002",
      description = "Peak learning rate (default ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "STEPS",
      defaultValue = "500",
      description = "Steps between checkpoints (default ${DEFAULT-VALUE}).")
  private long checkpointEvery;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of weights and batches (default ${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, ParityException {
    LandmarkConfig config =
        new LandmarkConfig(steps, faces, backgrounds, learningRate, checkpointEvery, seed);
    PrintWriter err = spec.commandLine().getErr();
    RunFolder folder = new RunFolder(out);
    try (RunFolder.Lock lock = folder.tryLock().orElseThrow(this::busy);
        TrainingProgressBar progress = new TrainingProgressBar(steps, err);
        InterruptHandler interrupts = InterruptHandler.install(err)) {
      Path graph = LandmarkRun.run(photographs, labels, folder, config, progress);
      spec.commandLine().getOut().println(graph);
    }
    return 0;
  }

  private UserError busy() {
    return new UserError(
        out + ": another process trains there; wait for it or name another folder");
  }
}
