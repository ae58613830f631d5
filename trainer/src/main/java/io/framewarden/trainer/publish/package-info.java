/**
 * From an exported graph to a model artifact that a detector accepts: golden faces, report,
 * manifest and digests. The last gate of training: a graph that does not compute what was trained
 * is not published.
 */
package io.framewarden.trainer.publish;
