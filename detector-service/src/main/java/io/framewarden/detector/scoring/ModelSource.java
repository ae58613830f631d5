package io.framewarden.detector.scoring;

import io.framewarden.detector.release.LoadedModel;

/**
 * The model that scores from the next batch on. Asked once before each batch, always by the one
 * thread that runs the engine: with the question for the next batch the model of the last one is
 * given back, and may be closed if it was replaced.
 */
@FunctionalInterface
public interface ModelSource {
  LoadedModel current();
}
