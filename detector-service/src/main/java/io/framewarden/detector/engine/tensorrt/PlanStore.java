package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.BuildCache;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compiled plans on disk, and the builder's timing cache beside them. Stateless. */
public final class PlanStore {
  private final BuildCache plans;
  private final Path timings;

  /**
   * @param folder the engine cache's folder
   */
  public PlanStore(Path folder) {
    this.plans = new BuildCache(folder.resolve("plans"), ".plan");
    this.timings = folder.toAbsolutePath().resolve("timing.cache");
  }

  /** The file in which TensorRT's builder keeps what it has measured; it may be absent. */
  public Path timings() {
    return timings;
  }

  /** The keys of an artifact's plans on a machine. */
  public static List<PlanKey> keys(
      ModelArtifact artifact, GpuTarget target, Precision precision, BatchBuckets buckets) {
    return buckets.sizes().stream()
        .map(bucket -> new PlanKey(artifact.digest(), target, precision, bucket))
        .toList();
  }

  /** The intact plan of that very key. */
  public Optional<Path> find(PlanKey key) {
    return plans.find(key.label(), key.fields());
  }

  /**
   * Keeps a plan.
   *
   * @throws IOException when the folder cannot be written
   */
  public Path store(PlanKey key, BuildCache.Writer writer) throws IOException {
    return plans.store(key.label(), key.fields(), writer);
  }

  /**
   * The plans of all keys, by bucket; those that are absent, broken or made for something else are
   * built first.
   *
   * @throws InferenceException when a plan cannot be built
   */
  public Map<Integer, Path> obtain(
      ModelArtifact artifact, List<PlanKey> keys, PlanBuilder builder) {
    List<PlanKey> missing = keys.stream().filter(key -> find(key).isEmpty()).toList();
    if (!missing.isEmpty()) {
      builder.build(artifact, missing, this);
    }
    Map<Integer, Path> found = new TreeMap<>();
    for (PlanKey key : keys) {
      found.put(
          key.bucket(),
          find(key)
              .orElseThrow(
                  () ->
                      new InferenceException(
                          "the plan " + key + " was built, and is not in " + plans.folder())));
    }
    return found;
  }
}
