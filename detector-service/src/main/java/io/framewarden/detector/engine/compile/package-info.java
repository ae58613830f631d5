/** ONNX graphs to TensorRT plans, through TensorRT's own builder. Needs the GPU that will score. */
package io.framewarden.detector.engine.compile;
