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

  /** Tells several listeners, in this order. */
  static TrainingListener all(TrainingListener... listeners) {
    return new TrainingListener() {
      @Override
      public void stepDone(TrainingProgress progress) {
        for (TrainingListener listener : listeners) {
          listener.stepDone(progress);
        }
      }

      @Override
      public void checkpointWritten(Path checkpoint, long step) {
        for (TrainingListener listener : listeners) {
          listener.checkpointWritten(checkpoint, step);
        }
      }
    };
  }
}
