/**
 * Somebody else's detector to an artifact of ours: its ONNX graph is checked, put between nodes
 * that give it the pixels it was trained on and make a logit of its answer, and compared with
 * itself.
 */
package io.framewarden.trainer.foreign;
