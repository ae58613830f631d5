package io.framewarden.trainer.recipe;

import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.OptimizerConfig;
import io.framewarden.trainer.training.TrainingConfig;

/** What {@link TrainingConfig} has besides its parts: the section {@code training}. */
record TrainingSection(long steps, long epoch, int batch, long checkpointEvery, long seed) {

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  TrainingSection {
    TrainingConfig any = Recipe.small().training();
    checked(any.network(), any.loss(), any.optimizer(), steps, epoch, batch, checkpointEvery, seed);
  }

  static TrainingSection of(TrainingConfig config) {
    return new TrainingSection(
        config.steps(), config.epoch(), config.batch(), config.checkpointEvery(), config.seed());
  }

  /** The whole configuration of these parts and this length. */
  TrainingConfig with(NetworkConfig network, LossConfig loss, OptimizerConfig optimizer) {
    return checked(network, loss, optimizer, steps, epoch, batch, checkpointEvery, seed);
  }

  /** The ranges are the configuration's own: making one checks them. */
  private static TrainingConfig checked(
      NetworkConfig network,
      LossConfig loss,
      OptimizerConfig optimizer,
      long steps,
      long epoch,
      int batch,
      long checkpointEvery,
      long seed) {
    return new TrainingConfig(network, loss, optimizer, steps, epoch, batch, checkpointEvery, seed);
  }
}
