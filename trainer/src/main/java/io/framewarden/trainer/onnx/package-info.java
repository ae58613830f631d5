/**
 * From a trained network to the ONNX graph that the detector runs: written node by node, and proven
 * against the network before anybody else sees it.
 */
package io.framewarden.trainer.onnx;
