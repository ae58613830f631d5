package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.engine.EngineKind;
import io.framewarden.detector.engine.EngineSelection;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeTensorRtFactory;
import io.framewarden.detector.engine.tensorrt.ForkedPlanBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the engine: the one that was asked for, or the first of tensorrt, onnxruntime-tensorrt
 * and onnxruntime that a probe finds working. The reason goes to the log and with the selection.
 */
public final class EngineSelector {
  private static final Logger LOG = LoggerFactory.getLogger(EngineSelector.class);

  private final EngineConfig config;
  private final EngineProbe probe;

  public EngineSelector(EngineConfig config) {
    this(config, new EngineProbe(config));
  }

  EngineSelector(EngineConfig config, EngineProbe probe) {
    this.config = config;
    this.probe = probe;
  }

  /**
   * Selects the engine. With AUTO this takes a second or so, and minutes where the first probe on a
   * GPU has to compile a plan.
   *
   * @param model the artifact that probes load
   * @param cancelled polled; ends the search
   * @throws InferenceException when it was cancelled
   */
  public EngineSelection select(Path model, BooleanSupplier cancelled) {
    EngineSelection selection =
        config.kind() == EngineKind.AUTO
            ? search(model, cancelled)
            : selection(config.kind(), EngineConfig.ENGINE + " asks for it");
    LOG.info("{}", selection.describe());
    return selection;
  }

  private EngineSelection search(Path model, BooleanSupplier cancelled) {
    if (config.cache().isEmpty()) {
      return selection(
          EngineKind.ONNXRUNTIME,
          "no GPU engine was probed: " + EngineConfig.CACHE_DIR + " names no folder for its plans");
    }
    List<String> problems = new ArrayList<>();
    for (EngineKind kind : List.of(EngineKind.TENSORRT, EngineKind.ONNXRUNTIME_TENSORRT)) {
      Optional<String> problem = findProblem(kind, model, cancelled);
      if (cancelled.getAsBoolean()) {
        throw new InferenceException("cancelled while an engine was selected");
      }
      if (problem.isEmpty()) {
        problems.add("a probe scored the golden faces with it");
        return selection(kind, String.join("; ", problems));
      }
      LOG.warn("{} is not used: {}", kind.label(), problem.get());
      problems.add(kind.label() + ": " + problem.get());
    }
    return selection(EngineKind.ONNXRUNTIME, String.join("; ", problems));
  }

  private Optional<String> findProblem(EngineKind kind, Path model, BooleanSupplier cancelled) {
    if (kind == EngineKind.ONNXRUNTIME_TENSORRT && !OnnxRuntimeTensorRtFactory.isBuiltIn()) {
      return Optional.of("this ONNX Runtime is built without the TensorRT provider");
    }
    return probe.findProblem(config.withKind(kind), model, cancelled);
  }

  /** Plans of later models are built while one runs, so in a process of their own. */
  private EngineSelection selection(EngineKind kind, String reason) {
    return new EngineSelection(
        EngineFactories.of(config.withKind(kind), ForkedPlanBuilder::new), kind, reason);
  }
}
