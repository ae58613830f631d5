package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvinfer.TacticSource;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims4;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger.Severity;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds plans in this process, with TensorRT's ONNX parser and builder. A CUDA error may end the
 * process, and JavaCPP cannot be used for anything else in it: a service builds through {@link
 * ForkedPlanBuilder}.
 *
 * <p>The input's batch size is fixed, so a plan has static shapes, as DJL's engine wants them. Of
 * the tactics only those without cuBLAS and cuDNN are tried: the libraries need not be installed.
 */
public final class TensorRtPlanBuilder implements PlanBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(TensorRtPlanBuilder.class);
  private static final long WORKSPACE_BYTES = 2L << 30;

  /** Sources that live in TensorRT's own library. */
  private static final int TACTICS =
      1 << TacticSource.kEDGE_MASK_CONVOLUTIONS.value | 1 << TacticSource.kJIT_CONVOLUTIONS.value;

  private final Path folder;

  /**
   * Loads nothing yet.
   *
   * @param folder the engine cache's, in which native glue is unpacked
   */
  public TensorRtPlanBuilder(Path folder) {
    this.folder = folder;
  }

  @Override
  public GpuTarget target() {
    BuilderNatives.load(folder);
    return GpuProperties.target();
  }

  @Override
  public void build(ModelArtifact artifact, List<PlanKey> keys, PlanStore store) {
    BuilderNatives.load(folder);
    for (PlanKey key : keys) {
      long start = System.nanoTime();
      try {
        Path plan = store.store(key, target -> build(artifact, key, target, store.timings()));
        LOG.info(
            "compiled {} in {} s", plan, Duration.ofNanos(System.nanoTime() - start).toSeconds());
      } catch (IOException e) {
        throw new InferenceException("the plan " + key + " cannot be kept: " + e, e);
      }
    }
  }

  private static void build(ModelArtifact artifact, PlanKey key, Path target, Path timings)
      throws IOException {
    try (BuilderLog log = new BuilderLog();
        NativeResources natives = new NativeResources(log)) {
      IBuilder builder =
          natives.own(nvinfer.createInferBuilder(log), IBuilder::destroy, "a builder");
      INetworkDefinition network =
          natives.own(
              builder.createNetworkV2(1 << NetworkDefinitionCreationFlag.kEXPLICIT_BATCH.value),
              INetworkDefinition::destroy,
              "a network");
      // The network points into the parser's weights: the parser is closed after the build.
      IParser parser =
          natives.own(nvonnxparser.createParser(network, log), IParser::destroy, "a parser");
      if (!parser.parseFromFile(artifact.model().toString(), Severity.kWARNING.value)) {
        throw new InferenceException(
            artifact.model() + " is no graph for TensorRT: " + problems(parser, log));
      }
      fixBatch(network, artifact, key.bucket());
      IBuilderConfig config =
          natives.own(builder.createBuilderConfig(), IBuilderConfig::destroy, "settings");
      configure(config, key.precision());
      TimingCache timing = TimingCache.attach(config, timings, natives);
      IHostMemory plan =
          natives.own(
              builder.buildSerializedNetwork(network, config),
              IHostMemory::destroy,
              "a plan for " + key);
      NativeBuffers.write(plan, target);
      timing.save();
    }
  }

  private static void configure(IBuilderConfig config, Precision precision) {
    config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, WORKSPACE_BYTES);
    if (!config.setTacticSources(TACTICS)) {
      throw new InferenceException("TensorRT rejects the tactic sources " + TACTICS);
    }
    config.clearFlag(BuilderFlag.kTF32); // on by default, and no float32 by its ten bits
    if (precision == Precision.FP16) {
      config.setFlag(BuilderFlag.kFP16);
    }
  }

  /** Static shapes: the input's batch size becomes the bucket's. */
  private static void fixBatch(INetworkDefinition network, ModelArtifact artifact, int bucket) {
    ModelManifest.Input input = artifact.manifest().input();
    ITensor faces = network.getNbInputs() == 1 ? network.getInput(0) : null;
    if (faces == null || !input.name().equals(faces.getName())) {
      throw new InferenceException(
          artifact.model() + " does not take the one input " + input.name() + " of its manifest");
    }
    int channels = input.shape().channels();
    try (Dims4 shape = new Dims4(bucket, channels, input.height(), input.width())) {
      faces.setDimensions(shape);
    }
  }

  private static String problems(IParser parser, BuilderLog log) {
    StringBuilder problems = new StringBuilder();
    for (int i = 0; i < parser.getNbErrors(); i++) {
      problems.append(i == 0 ? "" : " | ").append(parser.getError(i).desc().strip());
    }
    return problems.isEmpty() ? log.errors() : problems.toString();
  }
}
