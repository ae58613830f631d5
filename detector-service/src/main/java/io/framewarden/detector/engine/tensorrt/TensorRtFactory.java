package io.framewarden.detector.engine.tensorrt;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.BucketedEngine;
import io.framewarden.detector.engine.EngineFactory;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.detector.engine.djl.DjlGraph;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens artifacts on the first GPU, one plan a batch bucket; plans that are not in the store are
 * built first, which takes minutes. Not safe for several threads.
 */
public final class TensorRtFactory implements EngineFactory {
  private final Path folder;
  private final Precision precision;
  private final BatchBuckets buckets;
  private final PlanBuilder builder;

  /**
   * @param folder the engine cache's folder
   * @param builder makes the plans that are missing
   */
  public TensorRtFactory(
      Path folder, Precision precision, BatchBuckets buckets, PlanBuilder builder) {
    this.folder = folder;
    this.precision = precision;
    this.buckets = buckets;
    this.builder = builder;
  }

  @Override
  public InferenceEngine open(ModelArtifact artifact) {
    String version = TensorRtRuntime.start(folder);
    GpuTarget machine = builder.target();
    if (!machine.tensorRt().equals(version)) {
      throw new InferenceException(
          "plans are built by TensorRT "
              + machine.tensorRt()
              + ", and DJL loads them with "
              + version
              + ": put one version's libraries on the path");
    }
    PlanStore store = new PlanStore(folder);
    Map<Integer, Path> plans =
        store.obtain(artifact, PlanStore.keys(artifact, machine, precision, buckets), builder);
    ModelManifest.Input input = artifact.manifest().input();
    String name =
        "tensorrt-" + version + "-" + precision.label() + "-" + machine.gpu().replace(' ', '-');
    return new BucketedEngine(name, precision, input.shape(), load(plans, input.name(), name));
  }

  private static Map<Integer, DjlGraph> load(Map<Integer, Path> plans, String input, String name) {
    Map<Integer, DjlGraph> graphs = new HashMap<>();
    try {
      plans.forEach((bucket, plan) -> graphs.put(bucket, load(plan, input, name)));
      return graphs;
    } catch (RuntimeException | Error e) {
      graphs.values().forEach(DjlGraph::close);
      throw e;
    }
  }

  private static DjlGraph load(Path plan, String input, String name) {
    Model model = Model.newInstance("plan", Device.gpu(0), TensorRtRuntime.ENGINE);
    try {
      model.load(plan.getParent(), plan.getFileName().toString(), Map.of());
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new InferenceException(plan + " cannot be loaded: " + e.getMessage(), e);
    }
    try {
      return new DjlGraph(model, input, name);
    } catch (EngineException | IllegalStateException e) {
      throw new InferenceException(plan + " cannot be run: " + e.getMessage(), e);
    }
  }
}
