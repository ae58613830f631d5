package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.Precision;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives TensorRT a plan that is none. Without a GPU, DJL's native library ends the process for it.
 * Arguments: model folder, cache folder.
 */
public final class GarbagePlanProcess {
  private GarbagePlanProcess() {}

  public static void main(String[] arguments) {
    Path cache = Path.of(arguments[1]);
    String version = TensorRtRuntime.start(cache);
    PlanBuilder builder =
        new PlanBuilder() {
          @Override
          public GpuTarget target() {
            return new GpuTarget("none", "0.0", version);
          }

          @Override
          public void build(ModelArtifact artifact, List<PlanKey> keys, PlanStore store) {
            for (PlanKey key : keys) {
              try {
                store.store(key, plan -> Files.writeString(plan, "garbage"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    new TensorRtFactory(cache, Precision.FP32, new BatchBuckets(List.of(1)), builder)
        .open(ModelArtifact.open(Path.of(arguments[0])))
        .close();
  }
}
