package io.framewarden.detector.scoring;

import java.util.List;

/**
 * Is told of each batch once its scores are made and handed on, on the thread that runs the engine.
 * A listener keeps its failures to itself: nothing it does may harm the scores.
 */
@FunctionalInterface
public interface BatchListener {

  /** Listens to nothing. */
  BatchListener NONE = requests -> {};

  /**
   * A batch was scored.
   *
   * @param requests all of the batch, completed, in their order; not to be changed
   */
  void onBatchScored(List<? extends ScoringRequest> requests);
}
