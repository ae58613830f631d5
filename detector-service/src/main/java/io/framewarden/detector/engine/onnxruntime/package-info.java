/** DJL's OnnxRuntime engine behind {@code InferenceEngine}; nothing else here touches DJL. */
package io.framewarden.detector.engine.onnxruntime;
