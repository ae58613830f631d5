package io.framewarden.detector.engine.onnxruntime;

import ai.djl.Model;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.framewarden.detector.engine.BuildCache;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Graphs as ONNX Runtime optimised them, kept over restarts. Level ALL lays weights out for the
 * processor at hand, so a graph is kept for its model, the runtime's version and the processor, and
 * is optimised again for any other, or when it cannot be loaded. A cache that cannot be used costs
 * time, never the model.
 */
final class OptimizedGraphCache {
  private static final Logger LOG = LoggerFactory.getLogger(OptimizedGraphCache.class);

  private final BuildCache files;

  /**
   * @param cache the engine cache's folder
   */
  OptimizedGraphCache(Path cache) {
    this.files = new BuildCache(cache.resolve("onnxruntime"), ".onnx");
  }

  /**
   * Loads the optimised graph, or the artifact's own while keeping it optimised for the next start.
   *
   * @param options fresh options for a level of optimisation
   * @throws InferenceException when the artifact's own graph cannot be loaded
   */
  Model load(
      ModelArtifact artifact,
      String version,
      String name,
      Function<OptLevel, SessionOptions> options) {
    String label = artifact.digest().substring(0, 12);
    Map<String, String> key =
        Map.of(
            "modelDigest", artifact.digest(),
            "onnxRuntime", version,
            "level", OptLevel.ALL_OPT.name(),
            "processor", CpuFeatures.describe());
    Optional<Path> kept = files.find(label, key);
    if (kept.isPresent()) {
      try {
        return OrtGraphs.load(artifact, kept.get(), name, options.apply(OptLevel.NO_OPT));
      } catch (InferenceException e) {
        LOG.warn("the graph is optimised again: {}", e.getMessage());
      }
    }
    return keep(artifact, label, key, name, options)
        .orElseGet(
            () ->
                OrtGraphs.load(artifact, artifact.model(), name, options.apply(OptLevel.ALL_OPT)));
  }

  /** The artifact's own graph, loaded while it is kept; empty when the two do not go together. */
  private Optional<Model> keep(
      ModelArtifact artifact,
      String label,
      Map<String, String> key,
      String name,
      Function<OptLevel, SessionOptions> options) {
    AtomicReference<Model> loaded = new AtomicReference<>();
    try {
      files.store(
          label,
          key,
          target -> {
            SessionOptions writing = options.apply(OptLevel.ALL_OPT);
            try {
              writing.setOptimizedModelFilePath(target.toString());
            } catch (OrtException e) {
              writing.close();
              throw new IOException(e);
            }
            loaded.set(OrtGraphs.load(artifact, artifact.model(), name, writing));
          });
    } catch (IOException | InferenceException e) {
      LOG.warn("the optimised graph is not kept: {}", e.toString());
    }
    return Optional.ofNullable(loaded.get());
  }
}
