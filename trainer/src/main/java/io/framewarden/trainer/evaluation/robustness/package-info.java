/**
 * What stays of a model's figures when its faces are worn: a grid of image corruptions of five
 * levels each, the same for every model.
 */
package io.framewarden.trainer.evaluation.robustness;
