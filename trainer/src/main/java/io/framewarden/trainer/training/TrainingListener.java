package io.framewarden.trainer.training;

import java.nio.file.Path;

/** Watches a training run. Called by the training thread, between two steps. */
public interface TrainingListener {

  /** A listener that does nothing. */
  TrainingListener NONE = progress -> {};

  /** A step is done. */
  void onStep(TrainingProgress progress);

  /** The state after {@code step} steps is safe on the disk. */
  default void onCheckpoint(Path checkpoint, long step) {}

  /** Calls several listeners, in this order. */
  static TrainingListener all(TrainingListener... listeners) {
    return new TrainingListener() {
      @Override
      public void onStep(TrainingProgress progress) {
        for (TrainingListener listener : listeners) {
          listener.onStep(progress);
        }
      }

      @Override
      public void onCheckpoint(Path checkpoint, long step) {
        for (TrainingListener listener : listeners) {
          listener.onCheckpoint(checkpoint, step);
        }
      }
    };
  }
}
