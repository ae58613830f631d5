package io.framewarden.trainer.command;

import io.framewarden.extraction.command.DetectorOptions;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.foreign.InputSpec;
import io.framewarden.trainer.foreign.ModelImport;
import io.framewarden.trainer.foreign.OutputKind;
import io.framewarden.trainer.run.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framewarden model import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a model artifact of an ONNX file.",
      "",
      "It must say of the golden faces what the file says of them, and is",
      "uncalibrated until `framewarden calibrate` chooses operating points."
    })
final class ModelImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NET.onnx", description = "The network.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the artifact; an artifact that is there is replaced.")
  private Path out;

  @Option(
      names = "--input",
      paramLabel = "ORDER",
      required = true,
      description = "The order of the network's channels: ${COMPLETION-CANDIDATES}.")
  private InputSpec.Order order;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description = "Side of its faces (default: what the file says).")
  private int side;

  @Option(
      names = "--mean",
      paramLabel = "MEAN",
      required = true,
      split = ",",
      description = "Mean of the pixels, one or one for each channel, in the network's order.")
  private List<Double> mean;

  @Option(
      names = "--std",
      paramLabel = "STD",
      required = true,
      split = ",",
      description = "Their standard deviation: the network takes (pixel - mean) / std.")
  private List<Double> std;

  @Option(
      names = "--pixel-range",
      paramLabel = "1|255",
      description = "What mean and std take white for (${DEFAULT-VALUE}).",
      defaultValue = "1")
  private int range;

  @Option(
      names = "--output",
      paramLabel = "KIND",
      required = true,
      description =
          "What it answers: softmax:INDEX with the fake class, sigmoid, logit; the latter two with"
              + " a minus before them where high is real (--output=-sigmoid).")
  private String output;

  @Option(
      names = "--crop",
      paramLabel = "CROP",
      required = true,
      description =
          "How it was given faces: arcface:1.3 (DeepfakeBench), box:1.3 (1.3 times the detector's"
              + " box), framewarden (forehead to chin).")
  private String crop;

  @Option(
      names = "--input-name",
      paramLabel = "NAME",
      description = "Which of the file's inputs takes faces.")
  private String inputName;

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description = "Which of the file's outputs is the answer.")
  private String outputName;

  @Mixin private AboutOptions about;

  @Mixin private DetectorOptions detector;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ModelArtifact model =
        new ModelImport(
                file,
                new ModelImport.Names(inputName, outputName),
                new InputSpec(order, mean, std, range),
                side,
                OutputKind.parse(output),
                crop,
                detector(),
                about.about())
            .write(out);
    spec.commandLine().getOut().println(RunSummary.of(model));
    return 0;
  }

  private FaceDetectorConfig detector() {
    Settings settings = Settings.only(detector.environment(), ExtractionConfig.prefixes());
    FaceDetectorConfig config = ExtractionConfig.from(settings, 1).detector();
    settings.check();
    return config;
  }
}
