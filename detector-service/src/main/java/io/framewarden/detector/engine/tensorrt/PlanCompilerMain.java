package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.runtime.process.ParentWatchdog;
import io.framewarden.schemas.model.InvalidArtifactException;
import java.nio.file.Path;
import java.util.List;

/**
 * The process in which a service compiles plans, or asks which GPU they would be for. Exit status
 * 1, with the reason on standard error, when there is no answer.
 */
public final class PlanCompilerMain {
  private PlanCompilerMain() {}

  /** The arguments that print this machine's target. */
  static List<String> target(Path folder) {
    return List.of(folder.toAbsolutePath().toString());
  }

  /** The arguments that build plans. */
  static List<String> build(Path folder, Path model, Precision precision, BatchBuckets buckets) {
    return List.of(
        folder.toAbsolutePath().toString(),
        model.toAbsolutePath().toString(),
        precision.name(),
        buckets.format());
  }

  public static void main(String[] arguments) {
    ParentWatchdog.start();
    NativeLibraries.prepare();
    try {
      Path folder = Path.of(arguments[0]);
      if (arguments.length == 1) {
        System.out.println(new TensorRtPlanBuilder(folder).target().toLine());
      } else {
        new PlanCompilation(
                Path.of(arguments[1]),
                folder,
                Precision.valueOf(arguments[2]),
                BatchBuckets.parse(arguments[3]))
            .run();
      }
      System.exit(0);
    } catch (InferenceException | InvalidArtifactException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
