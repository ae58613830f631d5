package io.framewarden.detector.command;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.tensorrt.PlanCompilation;
import io.framewarden.schemas.model.InvalidArtifactException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code detector compile}: TensorRT plans ahead of the first start. */
@Command(
    name = "compile",
    description =
        "Compiles a model's TensorRT plans for this machine's GPU; plans that exist already are"
            + " kept.",
    mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, description = "The model artifact's folder.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      description = "The engine cache's folder (FRAMEWARDEN_ENGINE_CACHE_DIR of the service).")
  private Path out;

  @Option(
      names = "--precision",
      defaultValue = "FP32",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--buckets",
      defaultValue = "1,4,8,16,32,64",
      description = "Batch sizes, one plan each; default ${DEFAULT-VALUE}.")
  private String buckets;

  @Override
  public Integer call() {
    BatchBuckets sizes;
    try {
      sizes = BatchBuckets.parse(buckets);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--buckets "
              + buckets
              + " is not a list of whole numbers from 1 to "
              + BatchBuckets.MAX_SIZE
              + " such as 1,4,8");
    }
    try {
      new PlanCompilation(model, out, precision, sizes)
          .run()
          .forEach(
              (bucket, plan) ->
                  spec.commandLine().getOut().printf("batch %3d  %s%n", bucket, plan));
      return 0;
    } catch (InferenceException | InvalidArtifactException e) {
      spec.commandLine().getErr().println("detector compile: " + e.getMessage());
      return 1;
    }
  }
}
