package io.framewarden.detector.engine.onnxruntime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
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
import io.framewarden.runtime.lifecycle.DeepStack;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Opens artifacts with DJL's OnnxRuntime engine on the CPU. It reads the graph where it lies: no
 * repository, no download, nothing written to the user's home. Safe for several threads.
 */
public final class OnnxRuntimeFactory implements EngineFactory {
  private static final String ENGINE = "OnnxRuntime";

  /**
   * DJL would look for PyTorch to do what ONNX Runtime's arrays cannot, and might try to download
   * it. Nothing here needs that.
   */
  private static final String NO_SECOND_ENGINE = "ai.djl.onnx.disable_alternative";

  /** DJL tells its makers, through a cloud's metadata address, that it was started. Not here. */
  private static final String NO_TRACKING = "OPT_OUT_TRACKING";

  private final int threads;

  /**
   * @param threads that share the work inside one batch; 0 takes one for each core
   */
  public OnnxRuntimeFactory(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException(threads + " threads");
    }
    this.threads = threads;
  }

  @Override
  public InferenceEngine open(ModelArtifact artifact) {
    ModelManifest.Input input = artifact.manifest().input();
    String version = startRuntime();
    Model model = Model.newInstance("model", Device.cpu(), ENGINE);
    try (SessionOptions options = sessionOptions()) {
      model.load(
          artifact.folder().toAbsolutePath(),
          ModelArtifact.MODEL,
          Map.of("sessionOptions", options));
      checkInputs(artifact, model.describeInput().keys(), input.name());
      return new OnnxRuntimeEngine(model, input, "onnxruntime-" + version + "-cpu");
    } catch (IOException | MalformedModelException | OrtException | RuntimeException e) {
      model.close();
      throw new InferenceException(
          artifact.model() + " cannot be loaded by ONNX Runtime " + version + ": " + reason(e), e);
    }
  }

  /**
   * Brings ONNX Runtime up, once a process. DJL insists on making the runtime's environment itself,
   * so in a process that also uses ONNX Runtime directly this must be called before that.
   *
   * @return the runtime's version
   * @throws InferenceException when it does not start on this machine
   */
  public static String startRuntime() {
    System.setProperty(NO_SECOND_ENGINE, "true");
    System.setProperty(NO_TRACKING, "true");
    try {
      return DeepStack.call(
          () -> {
            Engine.getEngine(ENGINE);
            return OrtEnvironment.getEnvironment().getVersion();
          });
    } catch (EngineException | LinkageError e) {
      throw new InferenceException("ONNX Runtime does not start on this machine: " + e, e);
    }
  }

  private SessionOptions sessionOptions() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Spinning threads would take the cores from the decoders beside us between two batches.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  private static void checkInputs(ModelArtifact artifact, List<String> inputs, String expected) {
    if (!inputs.equals(List.of(expected))) {
      throw new InferenceException(
          artifact.model() + " takes " + inputs + ", the manifest says [" + expected + "]");
    }
  }

  private static String reason(Exception e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage();
  }
}
