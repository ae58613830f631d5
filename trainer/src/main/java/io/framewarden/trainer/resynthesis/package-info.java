/**
 * Autoencoders of our own that take a face apart and put it together again, as the networks do that
 * talking heads come from: how they are trained and how pseudo-fakes run them.
 */
package io.framewarden.trainer.resynthesis;
