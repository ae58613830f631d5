package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.runtime.process.ChildJvm;
import io.framewarden.runtime.process.ProcessOutcome;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Builds plans in a process of its own, so that an error of CUDA costs a refused model and not the
 * scorer beside it, and the builder's memory is freed.
 */
public final class ForkedPlanBuilder implements PlanBuilder {
  /** Six plans of the largest graphs in half precision; more is a builder that hangs. */
  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final Path folder;

  /**
   * @param folder the engine cache's, the same as the store's
   */
  public ForkedPlanBuilder(Path folder) {
    this.folder = folder;
  }

  @Override
  public GpuTarget target() {
    ProcessOutcome outcome = run(PlanCompilerMain.target(folder));
    return GpuTarget.findIn(outcome.output())
        .orElseThrow(() -> new InferenceException("the plan compiler names no GPU"));
  }

  @Override
  public void build(ModelArtifact artifact, List<PlanKey> keys, PlanStore store) {
    BatchBuckets buckets = new BatchBuckets(keys.stream().map(PlanKey::bucket).toList());
    run(PlanCompilerMain.build(folder, artifact.folder(), keys.get(0).precision(), buckets));
  }

  private static ProcessOutcome run(List<String> arguments) {
    try {
      ProcessOutcome outcome =
          new ChildJvm(PlanCompilerMain.class, TIMEOUT)
              .run(arguments, () -> Thread.currentThread().isInterrupted());
      if (!outcome.isClean()) {
        throw new InferenceException("the plan compiler " + outcome.describe());
      }
      return outcome;
    } catch (IOException e) {
      throw new InferenceException("the plan compiler cannot be started: " + e, e);
    }
  }
}
