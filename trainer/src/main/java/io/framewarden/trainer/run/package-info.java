/**
 * What a training run is: its record, its data, its lock, its artifact, and how it is evaluated.
 */
package io.framewarden.trainer.run;
