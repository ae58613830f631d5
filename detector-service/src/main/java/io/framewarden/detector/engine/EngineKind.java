package io.framewarden.detector.engine;

import java.util.Locale;

/** Which engine scores. */
public enum EngineKind {
  /** TensorRT where a child process proves that it works, ONNX Runtime elsewhere. */
  AUTO,

  /** DJL's TensorRT engine on compiled plans. */
  TENSORRT,

  /** DJL's OnnxRuntime engine on the CPU. */
  ONNXRUNTIME,

  /** DJL's OnnxRuntime engine with ONNX Runtime's TensorRT provider. */
  ONNXRUNTIME_TENSORRT;

  /** As in variables, logs and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
