package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.Precision;
import java.util.Map;

/**
 * Everything that a plan depends on. Two plans are interchangeable when their keys are equal, and
 * only then.
 *
 * @param modelDigest sha256 of the artifact's manifest, which covers the graph
 * @param bucket the plan's batch size
 */
public record PlanKey(String modelDigest, GpuTarget target, Precision precision, int bucket) {

  /** Raised whenever the compiler's settings change, so that older plans are not used. */
  private static final String RECIPE = "1";

  /** Begins the plan's file name. */
  public String label() {
    return modelDigest.substring(0, Math.min(12, modelDigest.length()))
        + "-"
        + precision.label()
        + "-b"
        + bucket;
  }

  /** As it stands beside the plan. */
  public Map<String, String> fields() {
    return Map.of(
        "modelDigest", modelDigest,
        "gpu", target.gpu(),
        "computeCapability", target.computeCapability(),
        "tensorRt", target.tensorRt(),
        "precision", precision.label(),
        "bucket", Integer.toString(bucket),
        "recipe", RECIPE);
  }
}
