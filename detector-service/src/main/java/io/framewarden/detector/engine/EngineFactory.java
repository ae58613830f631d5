package io.framewarden.detector.engine;

import io.framewarden.schemas.model.ModelArtifact;

/** Opens engines of one kind. */
@FunctionalInterface
public interface EngineFactory {

  /**
   * Loads an artifact's graph.
   *
   * @return an engine that the caller owns
   * @throws InferenceException when the graph cannot be loaded, or is not a graph of faces to logit
   *     and attention
   */
  InferenceEngine open(ModelArtifact artifact);
}
