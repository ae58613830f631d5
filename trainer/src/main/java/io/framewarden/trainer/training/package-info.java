/**
 * The training loop of the DID network: what a batch is, the recipe, the optimiser, checkpoints
 * from which a run goes on exactly, and the listener that watches it.
 */
package io.framewarden.trainer.training;
