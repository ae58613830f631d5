package io.framewarden.detector.engine.plan;

import io.framewarden.schemas.model.ModelArtifact;
import java.util.List;

/** Compiles plans. */
public interface PlanBuilder {

  /**
   * Compiles the artifact's graph for each key and stores the plans. Takes minutes.
   *
   * @param keys of this machine's target
   * @throws io.framewarden.detector.engine.InferenceException when one of them cannot be built
   */
  void build(ModelArtifact artifact, List<PlanKey> keys, PlanStore store);
}
