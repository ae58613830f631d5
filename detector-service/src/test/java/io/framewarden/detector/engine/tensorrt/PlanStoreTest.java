package io.framewarden.detector.engine.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.BatchBuckets;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.engine.Precision;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
  private static final GpuTarget HERE = new GpuTarget("NVIDIA L4", "8.9", "8.6.1");

  @TempDir Path folder;
  private ModelArtifact artifact;
  private PlanStore store;
  private boolean storesPlans = true;
  private final List<PlanKey> built = new ArrayList<>();
  private final PlanBuilder builder =
      new PlanBuilder() {
        @Override
        public GpuTarget target() {
          return HERE;
        }

        @Override
        public void build(ModelArtifact model, List<PlanKey> keys, PlanStore target) {
          keys.forEach(key -> PlanStoreTest.this.build(key, target));
        }
      };

  @BeforeEach
  void open() throws Exception {
    artifact = TinyModel.write(folder.resolve("model"), "recipe");
    store = new PlanStore(folder.resolve("cache"));
  }

  @Test
  void buildsWhatIsMissingOnce() {
    List<PlanKey> keys = keys(HERE, Precision.FP16, 1, 8);

    Map<Integer, Path> first = store.obtain(artifact, keys, builder);
    Map<Integer, Path> second = store.obtain(artifact, keys, builder);

    assertEquals(keys, built);
    assertEquals(Set.of(1, 8), first.keySet());
    assertEquals(first, second);
    String name = first.get(8).getFileName().toString();
    assertTrue(name.contains("-fp16-b8-") && name.endsWith(".plan"), name);
  }

  @Test
  void aNewBucketIsBuiltBesideTheOthers() {
    store.obtain(artifact, keys(HERE, Precision.FP16, 1, 8), builder);
    built.clear();

    store.obtain(artifact, keys(HERE, Precision.FP16, 1, 8, 16), builder);

    assertEquals(List.of(16), built.stream().map(PlanKey::bucket).toList());
  }

  @Test
  void aPlanOfAnotherMachineVersionPrecisionOrModelIsNeverUsed() throws Exception {
    store.obtain(artifact, keys(HERE, Precision.FP16, 1), builder);
    ModelArtifact other = TinyModel.write(folder.resolve("other"), "another recipe");
    built.clear();

    store.obtain(
        artifact, keys(new GpuTarget("NVIDIA A10", "8.9", "8.6.1"), Precision.FP16, 1), builder);
    store.obtain(
        artifact, keys(new GpuTarget("NVIDIA L4", "8.6", "8.6.1"), Precision.FP16, 1), builder);
    store.obtain(
        artifact, keys(new GpuTarget("NVIDIA L4", "8.9", "8.6.0"), Precision.FP16, 1), builder);
    store.obtain(artifact, keys(HERE, Precision.FP32, 1), builder);
    store.obtain(
        other, PlanStore.keys(other, HERE, Precision.FP16, new BatchBuckets(List.of(1))), builder);

    assertEquals(5, built.size());
  }

  @Test
  void aTruncatedPlanIsRebuilt() throws Exception {
    List<PlanKey> keys = keys(HERE, Precision.FP16, 4);
    Path plan = store.obtain(artifact, keys, builder).get(4);
    Files.writeString(plan, "pl");

    Path again = store.obtain(artifact, keys, builder).get(4);

    assertEquals(2, built.size());
    assertEquals("plan of 4", Files.readString(again));
  }

  @Test
  void aBuilderThatStoresNothingFails() {
    storesPlans = false;

    assertThrows(
        InferenceException.class,
        () -> store.obtain(artifact, keys(HERE, Precision.FP16, 1), builder));
  }

  @Test
  void aTargetIsFoundAmongAnotherProcesssLines() {
    assertEquals(
        Optional.of(HERE), GpuTarget.findIn(List.of("noise	of	natives", HERE.toLine(), "")));
    assertEquals(Optional.empty(), GpuTarget.findIn(List.of("", "framewarden-gpu	8.6.1")));
  }

  private List<PlanKey> keys(GpuTarget target, Precision precision, Integer... buckets) {
    return PlanStore.keys(artifact, target, precision, new BatchBuckets(List.of(buckets)));
  }

  private void build(PlanKey key, PlanStore target) {
    built.add(key);
    if (storesPlans) {
      try {
        target.store(key, file -> Files.writeString(file, "plan of " + key.bucket()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
