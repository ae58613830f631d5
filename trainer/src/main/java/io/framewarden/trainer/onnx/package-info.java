/**
 * From a trained network to the ONNX graph that the detector runs: written node by node, and
 * compared with the network before it is published.
 */
package io.framewarden.trainer.onnx;
