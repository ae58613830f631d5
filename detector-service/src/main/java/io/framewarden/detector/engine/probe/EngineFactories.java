package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.engine.EngineFactory;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeTensorRtFactory;
import io.framewarden.detector.engine.tensorrt.PlanBuilder;
import io.framewarden.detector.engine.tensorrt.TensorRtFactory;
import java.nio.file.Path;
import java.util.function.Function;

/** Makes the factory that a configuration asks for. */
public final class EngineFactories {
  private EngineFactories() {}

  /**
   * The factory of the configured engine. Making it loads nothing.
   *
   * @param builders of TensorRT plans that are missing, by cache folder
   * @throws IllegalArgumentException for AUTO, which is not an engine, and for an engine that needs
   *     a cache folder and has none
   */
  public static EngineFactory of(EngineConfig config, Function<Path, PlanBuilder> builders) {
    return switch (config.kind()) {
      case AUTO -> throw new IllegalArgumentException("auto is no engine");
      case TENSORRT ->
          new TensorRtFactory(
              folder(config), config.precision(), config.buckets(), builders.apply(folder(config)));
      case ONNXRUNTIME ->
          config
              .cache()
              .map(cache -> new OnnxRuntimeFactory(config.threads(), cache))
              .orElseGet(() -> new OnnxRuntimeFactory(config.threads()));
      case ONNXRUNTIME_TENSORRT ->
          new OnnxRuntimeTensorRtFactory(folder(config), config.precision(), config.buckets());
    };
  }

  private static Path folder(EngineConfig config) {
    return config
        .cache()
        .orElseThrow(
            () -> new IllegalArgumentException(config.kind().label() + " needs a cache folder"));
  }
}
