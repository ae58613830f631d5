package io.framewarden.detector.engine.onnxruntime;

import ai.djl.Model;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.EngineFactory;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.djl.DjlGraph;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens artifacts with DJL's OnnxRuntime engine and ONNX Runtime's TensorRT provider, which builds
 * and keeps its engines itself: one for all batch sizes up to the largest bucket. Needs ONNX
 * Runtime's GPU build (com.microsoft.onnxruntime:onnxruntime_gpu in the place of onnxruntime) and
 * the TensorRT that it was made for.
 */
public final class OnnxRuntimeTensorRtFactory implements EngineFactory {
  private static final long WORKSPACE_BYTES = 2L << 30;

  private final Path folder;
  private final Precision precision;
  private final BatchBuckets buckets;

  /**
   * @param folder the engine cache's folder
   * @param buckets of which the largest is the largest batch
   */
  public OnnxRuntimeTensorRtFactory(Path folder, Precision precision, BatchBuckets buckets) {
    this.folder = folder.toAbsolutePath();
    this.precision = precision;
    this.buckets = buckets;
  }

  /** Whether this process's ONNX Runtime was built with the provider. Touches no GPU. */
  public static boolean isBuiltIn() {
    OnnxRuntimeFactory.startRuntime();
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.TENSOR_RT);
  }

  @Override
  public InferenceEngine open(ModelArtifact artifact) {
    String version = OnnxRuntimeFactory.startRuntime();
    String name = "onnxruntime-" + version + "-tensorrt-" + precision.label();
    ModelManifest.Input input = artifact.manifest().input();
    Path engines =
        folder.resolve("onnxruntime-tensorrt").resolve(artifact.digest() + "-" + precision.label());
    try {
      Files.createDirectories(engines);
      Model model = OrtGraphs.load(artifact, artifact.model(), name, options(input, engines));
      return new OnnxRuntimeEngine(
          new DjlGraph(model, input.name(), name),
          input.shape(),
          name,
          precision,
          buckets.largest());
    } catch (OrtException | LinkageError e) {
      throw new InferenceException(
          "ONNX Runtime "
              + version
              + " cannot use its TensorRT provider: "
              + e.getMessage()
              + ". Put onnxruntime_gpu on the class path in the place of onnxruntime, with TensorRT"
              + " and CUDA on the library path, or choose another engine.",
          e);
    } catch (IOException e) {
      throw new InferenceException(engines + " cannot be made: " + e, e);
    }
  }

  private SessionOptions options(ModelManifest.Input input, Path engines) throws OrtException {
    try (OrtTensorRTProviderOptions provider = new OrtTensorRTProviderOptions(0)) {
      for (Map.Entry<String, String> option : providerOptions(input, engines).entrySet()) {
        provider.add(option.getKey(), option.getValue());
      }
      SessionOptions options = OnnxRuntimeFactory.callingThreadOptions(OptLevel.ALL_OPT);
      try {
        options.addTensorrt(provider);
        return options;
      } catch (OrtException e) {
        options.close();
        throw e;
      }
    }
  }

  /** By the provider's own names. */
  Map<String, String> providerOptions(ModelManifest.Input input, Path engines) {
    Map<String, String> options = new TreeMap<>();
    options.put("trt_fp16_enable", precision == Precision.FP16 ? "1" : "0");
    options.put("trt_max_workspace_size", Long.toString(WORKSPACE_BYTES));
    options.put("trt_engine_cache_enable", "1");
    options.put("trt_engine_cache_path", engines.toString());
    options.put("trt_timing_cache_enable", "1");
    options.put("trt_timing_cache_path", folder.resolve("onnxruntime-tensorrt").toString());
    options.put("trt_profile_min_shapes", shape(input, 1));
    options.put("trt_profile_opt_shapes", shape(input, buckets.largest()));
    options.put("trt_profile_max_shapes", shape(input, buckets.largest()));
    return options;
  }

  private static String shape(ModelManifest.Input input, int faces) {
    return "%s:%dx%dx%dx%d"
        .formatted(input.name(), faces, input.shape().channels(), input.height(), input.width());
  }
}
