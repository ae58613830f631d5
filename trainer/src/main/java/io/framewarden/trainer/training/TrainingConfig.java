package io.framewarden.trainer.training;

import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;

/**
 * The recipe of a run: together with the data it decides the trained network. Stored in every
 * checkpoint, and a run only goes on from a checkpoint of the same recipe.
 *
 * @param network shape and ablations
 * @param loss weights of the loss
 * @param optimizer Adam's settings
 * @param steps batches in all, at least 1
 * @param epoch steps of an epoch, at least 1: the gradient reversal grows from epoch to epoch
 * @param batch faces in a batch, at least 2: statistics and partners come from the others
 * @param checkpointEvery steps between two checkpoints, at least 1; the last step always has one
 * @param seed of the weights and of the loss' shuffles
 */
public record TrainingConfig(
    NetworkConfig network,
    LossConfig loss,
    OptimizerConfig optimizer,
    long steps,
    long epoch,
    int batch,
    long checkpointEvery,
    long seed) {

  /** The paper's length of an epoch, in steps. */
  public static final long PAPER_EPOCH = 6_000;

  private static final long SMALL_EPOCH = 100;

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public TrainingConfig {
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

  /** This recipe with another seed. */
  public TrainingConfig withSeed(long other) {
    return new TrainingConfig(
        network, loss, optimizer, steps, epoch, batch, checkpointEvery, other);
  }

  /** The part of all epochs that is done before a step, 0..1: the paper's p. */
  double epochsDone(long step) {
    return Math.min(1, (double) (step / epoch * epoch) / steps);
  }

  /**
   * The paper's recipe: batches of 15, 6,000 steps an epoch.
   *
   * @param epochs at least 1
   */
  public static TrainingConfig paper(int epochs, long seed) {
    return new TrainingConfig(
        NetworkConfig.paper(),
        LossConfig.paper(),
        OptimizerConfig.paper(),
        epochs * PAPER_EPOCH,
        PAPER_EPOCH,
        15,
        PAPER_EPOCH / 6,
        seed);
  }

  /** A half-width network from nothing, on a CPU, with the attention supervised by masks. */
  public static TrainingConfig small(long steps, long seed) {
    return new TrainingConfig(
        NetworkConfig.small(),
        LossConfig.withMasks(),
        OptimizerConfig.fromScratch(),
        steps,
        SMALL_EPOCH,
        32,
        200,
        seed);
  }
}
