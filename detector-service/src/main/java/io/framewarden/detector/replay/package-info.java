/** Scores retained face frames again with another model, and compares. Writes to no topic. */
package io.framewarden.detector.replay;
