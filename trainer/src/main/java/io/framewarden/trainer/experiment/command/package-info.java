/** The commands of experiments: {@code ablate} and {@code reproduce}. */
package io.framewarden.trainer.experiment.command;
