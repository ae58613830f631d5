/**
 * The paper's experiments: which models each of its tables trains on what, what they are tested on,
 * and the ablations of the method on any recipe. In a jar of its own; nothing else depends on it.
 */
package io.framewarden.trainer.experiment;
