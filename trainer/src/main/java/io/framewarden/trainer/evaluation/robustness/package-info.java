/**
 * How robust a model's metrics are when its faces are corrupted: a grid of image corruptions of
 * five levels each, the same for every model.
 */
package io.framewarden.trainer.evaluation.robustness;
