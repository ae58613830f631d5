package io.framewarden.trainer.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.framewarden.trainer.did.GradientReversal;
import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;

/**
 * The recipe of a run: together with the data it decides the trained network. Stored in every
 * checkpoint, and a run only goes on from a checkpoint of the same recipe.
 *
 * @param network shape and ablations
 * @param loss weights of the loss
 * @param optimizer Adam's settings
 * @param schedule length, batch and seed, which JSON has beside the other three
 */
public record TrainingConfig(
    NetworkConfig network,
    LossConfig loss,
    OptimizerConfig optimizer,
    @JsonUnwrapped TrainingSchedule schedule) {

  /** The paper's length of an epoch, in steps. */
  public static final long PAPER_EPOCH = 6_000;

  private static final int PAPER_BATCH = 15;
  private static final long SMALL_EPOCH = 100;
  private static final int SMALL_BATCH = 32;
  private static final long SMALL_CHECKPOINT_EVERY = 200;

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
        new TrainingSchedule(
            epochs * PAPER_EPOCH, PAPER_EPOCH, PAPER_BATCH, PAPER_EPOCH / 6, seed));
  }

  /** A half-width network from nothing, on a CPU, with the attention supervised by masks. */
  public static TrainingConfig small(long steps, long seed) {
    return new TrainingConfig(
        NetworkConfig.small(),
        LossConfig.withMasks(),
        OptimizerConfig.fromScratch(),
        new TrainingSchedule(steps, SMALL_EPOCH, SMALL_BATCH, SMALL_CHECKPOINT_EVERY, seed));
  }

  /** This recipe with another seed. */
  public TrainingConfig withSeed(long other) {
    return new TrainingConfig(network, loss, optimizer, schedule.withSeed(other));
  }

  /** Batches in all. */
  public long steps() {
    return schedule.steps();
  }

  /** Faces in a batch. */
  public int batch() {
    return schedule.batch();
  }

  /** The seed of the weights and of the loss' shuffles. */
  public long seed() {
    return schedule.seed();
  }

  /** The paper's beta at a step from 0: of p = e / E, in epoch e = 1..E. */
  double beta(long step) {
    long epoch = schedule.epoch();
    return GradientReversal.beta(Math.min(1, (double) (step / epoch + 1) * epoch / steps()));
  }
}
