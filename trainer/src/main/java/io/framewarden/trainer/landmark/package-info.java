/**
 * The landmark network: from photographs with labelled landmarks to the graph that the extraction
 * finds landmarks with. The labels are another network's (distillation: Hinton et al. 2015).
 */
package io.framewarden.trainer.landmark;
