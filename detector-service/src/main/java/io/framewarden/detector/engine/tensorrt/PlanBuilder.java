package io.framewarden.detector.engine.tensorrt;

import io.framewarden.schemas.model.ModelArtifact;
import java.util.List;

/** Compiles plans for this machine's first GPU. */
public interface PlanBuilder {

  /**
   * The GPU and libraries that its plans are compiled for.
   *
   * @throws io.framewarden.detector.engine.InferenceException when there is no GPU, or a library is
   *     missing
   */
  GpuTarget target();

  /**
   * Compiles the artifact's graph for each key and stores the plans. Takes minutes.
   *
   * @param keys of {@link #target}
   * @throws io.framewarden.detector.engine.InferenceException when one of them cannot be built
   */
  void build(ModelArtifact artifact, List<PlanKey> keys, PlanStore store);
}
