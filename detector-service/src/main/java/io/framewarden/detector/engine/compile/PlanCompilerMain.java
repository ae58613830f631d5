package io.framewarden.detector.engine.compile;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.process.ParentWatch;
import io.framewarden.schemas.model.InvalidArtifactException;
import java.nio.file.Path;

/**
 * The process in which a service compiles plans. Arguments: model folder, cache folder, precision,
 * buckets. Exit status 1, with the reason on standard error, when there is no plan.
 */
public final class PlanCompilerMain {
  private PlanCompilerMain() {}

  public static void main(String[] arguments) {
    ParentWatch.start();
    try {
      new PlanCompilation(
              Path.of(arguments[0]),
              Path.of(arguments[1]),
              Precision.valueOf(arguments[2]),
              BatchBuckets.parse(arguments[3]))
          .run();
      System.exit(0);
    } catch (InferenceException | InvalidArtifactException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
