package io.framewarden.detector.engine.onnxruntime;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.framewarden.detector.engine.EngineFactory;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.djl.SharedGraph;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.nio.file.Path;

/**
 * Opens artifacts with DJL's OnnxRuntime engine on the CPU. It reads the graph where it lies: no
 * repository, no download, nothing written to the user's home. Safe for several threads.
 */
public final class OnnxRuntimeFactory implements EngineFactory {
  static final String ENGINE = "OnnxRuntime";

  /**
   * DJL would look for PyTorch to do what ONNX Runtime's arrays cannot, and might try to download
   * it. Nothing here needs that.
   */
  private static final String NO_SECOND_ENGINE = "ai.djl.onnx.disable_alternative";

  private static final String NO_SECOND_ENGINE_EITHER = "ai.djl.onnxruntime.disable_alternative";

  private final int threads;
  private final OptimizedGraphCache optimizedGraphs; // null to optimise at every start

  /**
   * A factory that optimises the graph at every start.
   *
   * @param threads that share the faces of a batch; 0 takes one for each core
   */
  public OnnxRuntimeFactory(int threads) {
    this(threads, (OptimizedGraphCache) null);
  }

  /**
   * A factory that keeps optimised graphs over restarts.
   *
   * @param threads that share the faces of a batch; 0 takes one for each core
   * @param cache the engine cache's folder, in which optimised graphs are kept
   */
  public OnnxRuntimeFactory(int threads, Path cache) {
    this(threads, new OptimizedGraphCache(cache));
  }

  private OnnxRuntimeFactory(int threads, OptimizedGraphCache optimizedGraphs) {
    if (threads < 0) {
      throw new IllegalArgumentException(threads + " threads");
    }
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    this.optimizedGraphs = optimizedGraphs;
  }

  @Override
  public InferenceEngine open(ModelArtifact artifact) {
    String version = startRuntime();
    String name = "onnxruntime-" + version + "-cpu";
    Model model =
        optimizedGraphs == null
            ? OrtGraphs.load(artifact, artifact.model(), name, options(OptLevel.ALL_OPT))
            : optimizedGraphs.load(artifact, version, name, this::options);
    ModelManifest.Input input = artifact.manifest().input();
    return new OnnxRuntimeEngine(
        new SharedGraph(model, input.name(), name, threads),
        input.shape(),
        name,
        Precision.FP32,
        Integer.MAX_VALUE);
  }

  /**
   * Starts ONNX Runtime, once a process. DJL insists on making the runtime's environment itself, so
   * in a process that also uses ONNX Runtime directly this must be called before that.
   *
   * @return the runtime's version
   * @throws InferenceException when it does not start on this machine
   */
  public static String startRuntime() {
    System.setProperty(NO_SECOND_ENGINE, "true");
    System.setProperty(NO_SECOND_ENGINE_EITHER, "true");
    NativeLibraries.prepareDjl();
    try {
      return NativeLibraries.startOnnxRuntime(
          () -> {
            Engine.getEngine(ENGINE);
            return OrtEnvironment.getEnvironment().getVersion();
          });
    } catch (EngineException | LinkageError e) {
      throw new InferenceException("ONNX Runtime does not start on this machine: " + e, e);
    }
  }

  private SessionOptions options(OptLevel level) {
    try {
      return callingThreadOptions(level);
    } catch (OrtException e) {
      throw new InferenceException("ONNX Runtime rejects its options: " + e.getMessage(), e);
    }
  }

  /** Batches are shared out among threads, not operators: see {@link SharedGraph}. */
  static SessionOptions callingThreadOptions(OptLevel level) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(level);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    return options;
  }
}
