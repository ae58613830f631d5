package io.framewarden.detector.release;

/**
 * The model that scores from the next batch on. Asked once before each batch, always by the one
 * thread that runs the engine: with the question for the next batch the model of the last one is
 * given back, and may be closed if it was replaced. Each such thread has a source of its own.
 */
@FunctionalInterface
public interface ModelSource {

  /** A model that stays open until the next call of this or of {@link #handBack}. */
  LoadedModel current();

  /**
   * No batch is with the engine: the thread holds no model until it asks again. Called when idle,
   * so that a model swapped out meanwhile does not keep its memory.
   */
  default void handBack() {}
}
