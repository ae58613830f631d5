/** DJL's TensorRT engine on compiled plans; needs TensorRT 8.6 and a GPU to do anything. */
package io.framewarden.detector.engine.tensorrt;
