package io.framewarden.trainer.training;

/**
 * Where a training run gets its batches from. The batch is a function of the source's own seed and
 * the step alone: a run that goes on from a checkpoint asks for the steps after it and sees the
 * very batches that an uninterrupted run would have seen, so no cursor has to be stored.
 *
 * <p>Called by the training thread only, with rising steps; an implementation may prepare later
 * batches in threads of its own.
 */
@FunctionalInterface
public interface BatchSource {

  /**
   * The batch of a step.
   *
   * @param step from 0
   */
  FaceBatch next(long step);
}
