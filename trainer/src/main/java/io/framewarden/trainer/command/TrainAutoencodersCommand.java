package io.framewarden.trainer.command;

import io.framewarden.trainer.dataset.FaceSample;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.onnx.ParityException;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.resynthesis.AutoencoderConfig;
import io.framewarden.trainer.resynthesis.AutoencoderRun;
import io.framewarden.trainer.run.InterruptHandler;
import io.framewarden.trainer.run.TrainingProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden train-autoencoders}. */
@Command(
    name = "train-autoencoders",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the autoencoders that pseudo-fakes of the kind resynthesis are made with, on",
      "photographs of the people whom a model would be trained on."
    })
final class TrainAutoencodersCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ARCHIVE",
      arity = "1..*",
      description = "Made by `framewarden faces` of photographs.")
  private List<Path> archives;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Folder for the graphs and report.json.")
  private Path out;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "900",
      description = "Batches for each autoencoder (default ${DEFAULT-VALUE}).")
  private long steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "4",
      description = "Squares in a batch (default ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = {"--lr", "--learning-rate"},
      paramLabel = "RATE",
      defaultValue = "0.004",
      description = "Peak learning rate (default ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of weights and batches (default ${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, ParityException {
    AutoencoderConfig config = new AutoencoderConfig(steps, batch, learningRate, seed);
    PrintWriter err = spec.commandLine().getErr();
    IdentitySplit split = IdentitySplit.of(FaceSetReader.read(archives));
    try (TrainingProgressBar progress = new TrainingProgressBar(AutoencoderRun.steps(config), err);
        InterruptHandler interrupts = InterruptHandler.install(err)) {
      AutoencoderRun run =
          new AutoencoderRun(
              photographs(split.train()), photographs(split.test()), config, progress);
      spec.commandLine().getOut().println(run.run(out));
    }
    return 0;
  }

  private static List<Supplier<FacePhotograph>> photographs(FaceSet faces) {
    return faces.photographs().stream()
        .<Supplier<FacePhotograph>>map((FaceSample face) -> face::photograph)
        .toList();
  }
}
