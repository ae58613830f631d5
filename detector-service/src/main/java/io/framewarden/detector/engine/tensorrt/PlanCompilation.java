package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.Precision;
import io.framewarden.schemas.model.ModelArtifact;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code detector compile} does: an artifact's plans for this machine's GPU, those that are
 * there already kept.
 *
 * @param model the artifact's folder
 * @param out the engine cache's folder, which the service is then given
 */
public record PlanCompilation(Path model, Path out, Precision precision, BatchBuckets buckets) {

  /**
   * Checks the artifact, and compiles in this process.
   *
   * @return the plans by bucket
   * @throws io.framewarden.schemas.model.InvalidArtifactException when the artifact is not intact
   * @throws io.framewarden.detector.engine.InferenceException when there is no GPU or no TensorRT,
   *     or the graph cannot be built
   */
  public Map<Integer, Path> run() {
    ModelArtifact artifact = ModelArtifact.open(model);
    PlanBuilder builder = new TensorRtPlanBuilder(out);
    GpuTarget target = builder.target();
    return new PlanStore(out)
        .obtain(artifact, PlanStore.keys(artifact, target, precision, buckets), builder);
  }
}
