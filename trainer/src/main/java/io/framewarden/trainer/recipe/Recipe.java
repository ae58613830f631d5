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

  /** Epochs of the paper's recipe, which the paper does not state: ours. */
  public static final int PAPER_EPOCHS = 20;

  /** What two CPU cores can train from face photographs; {@code recipes/did-small.yaml}. */
  public static Recipe small() {
    return new Recipe(TrainingConfig.small(SMALL_STEPS, SEED), DataRecipe.small());
  }

  /** The paper's; {@code recipes/did-paper.yaml}. */
  public static Recipe paper() {
    return new Recipe(TrainingConfig.paper(PAPER_EPOCHS, SEED), DataRecipe.paper());
  }
}
