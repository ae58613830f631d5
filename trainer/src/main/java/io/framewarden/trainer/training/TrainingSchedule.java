package io.framewarden.trainer.training;

/**
 * How long a run learns, from batches of which size, and from which seed: the section {@code
 * training} of a recipe.
 *
 * @param steps batches in all, at least 1
 * @param epoch steps of an epoch, at least 1: the gradient reversal grows from epoch to epoch
 * @param batch faces in a batch, at least 2: statistics and partners come from the others
 * @param checkpointEvery steps between two checkpoints, at least 1; the last step always has one
 * @param seed of the weights and of the loss' shuffles
 */
public record TrainingSchedule(long steps, long epoch, int batch, long checkpointEvery, long seed) {

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public TrainingSchedule {
    require(steps >= 1, "steps must be at least 1", steps);
    require(epoch >= 1, "epoch must be at least 1", epoch);
    require(batch >= 2, "batch must be at least 2", batch);
    require(checkpointEvery >= 1, "checkpointEvery must be at least 1", checkpointEvery);
  }

  private static void require(boolean holds, String rule, long value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }

  /** This schedule with another seed. */
  public TrainingSchedule withSeed(long other) {
    return new TrainingSchedule(steps, epoch, batch, checkpointEvery, other);
  }
}
