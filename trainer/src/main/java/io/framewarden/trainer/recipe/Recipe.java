package io.framewarden.trainer.recipe;

import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.training.TrainingConfig;

/**
 * Everything that, together with the faces, decides a trained model.
 *
 * @param training the network, its loss, its optimiser and how long it learns
 * @param data how batches are made of the faces
 */
public record Recipe(TrainingConfig training, DataRecipe data) {

  private static final long SMALL_STEPS = 3_000;
  private static final long SEED = 1;

  /** What two CPU cores can train from face photographs; {@code recipes/did-small.yaml}. */
  public static Recipe small() {
    return new Recipe(TrainingConfig.small(SMALL_STEPS, SEED), DataRecipe.small());
  }
}
