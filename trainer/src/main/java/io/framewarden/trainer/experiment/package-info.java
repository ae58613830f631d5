/**
 * The paper's experiments as data: which models each of its tables trains on what, and what they
 * are tested on. Trains and scores nothing itself.
 */
package io.framewarden.trainer.experiment;
