package io.framewarden.detector.engine;

import io.framewarden.schemas.model.ModelArtifact;

class FakeEngineTest extends InferenceEngineContract {

  @Override
  protected InferenceEngine open(ModelArtifact artifact) {
    return new FakeEngine();
  }
}
