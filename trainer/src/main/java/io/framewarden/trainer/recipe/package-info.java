/**
 * A run's settings as one value, and the YAML files that they are written in: every mistake of a
 * file is reported at once, with its line.
 */
package io.framewarden.trainer.recipe;
