package io.framewarden.trainer.training;

import java.nio.file.Path;

/** Watches a training run. Called by the training thread, between two steps. */
public interface TrainingListener {

  /** A listener that does not care. */
  TrainingListener NONE = progress -> {};

  /** A step is done. */
  void stepDone(TrainingProgress progress);

  /** The state after {@code step} steps is safe on the disk. */
  default void checkpointWritten(Path checkpoint, long step) {}
}
