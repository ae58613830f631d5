package io.framewarden.ingest.progress;

import io.framewarden.v1.FaceFrame;

/** Is told of an extraction's face frames as they are sent. Safe for several threads. */
@FunctionalInterface
public interface ExtractionWatch {
  void sent(FaceFrame frame);
}
