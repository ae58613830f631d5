package io.framewarden.benchmarks.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.kafka.WorkerConfig;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the benchmark, on real decoders. */
@Timeout(240)
class FuzzBenchIT {
  private static final int FILES = 120;

  @TempDir Path folder;
  private final List<Long> progress = new ArrayList<>();

  @Test
  void everyDamagedUploadEndsInAMarkerAndNothingIsLost() throws Exception {
    IngestConfig config =
        IngestConfig.from(
            new Settings(
                Map.of(
                    SandboxConfig.DEADLINE, "60s",
                    SandboxConfig.VIDEOS, "50",
                    WorkerConfig.WORKERS, "1")));
    Map<String, Double> measured =
        new FuzzBench(config, folder, 42, FILES, null, progress::add).run().values();

    assertEquals(0, measured.get("failures"), measured.toString());
    assertEquals(FILES, measured.get("uploads"));
    assertEquals(FILES, progress.get(progress.size() - 1));
    assertEquals(2, measured.get("replacedRecycled"), measured.toString());
    assertEquals(0, measured.get("childrenThatSurvived"));
    assertTrue(measured.get("formats") >= 5, measured.toString());
    assertTrue(measured.getOrDefault("endedFaces", 0.0) > 0, measured.toString());
    assertTrue(measured.getOrDefault("endedCorrupt", 0.0) > 0, measured.toString());
    assertTrue(measured.get("comparedThreads") > FILES / 4, measured.toString());
  }

  @Test
  void theVideosAreTheSameEachTime() throws Exception {
    List<byte[]> again = FuzzCorpus.encode(folder);
    for (byte[] video : FuzzCorpus.encode(folder)) {
      assertArrayEquals(again.remove(0), video);
    }
  }

  @Test
  void everyFormatHasSizeFieldsAndEveryMutationChangesTheFile() throws Exception {
    for (byte[] good : FuzzCorpus.encode(folder)) {
      assertTrue(SizeField.in(good).size() > 2, "size fields of a format");
      assertTrue(TimeFields.in(good).size() > 1, "times of a format");
      byte[] before = good.clone();
      for (Mutation mutation : Mutation.values()) {
        boolean changed = false;
        for (int seed = 0; seed < 8; seed++) {
          byte[] bad = mutation.apply(good, good, new SplittableRandom(seed));
          assertArrayEquals(bad, mutation.apply(good, good, new SplittableRandom(seed)));
          changed |= !Arrays.equals(good, bad);
        }
        assertTrue(changed, mutation.name());
      }
      assertArrayEquals(before, good);
      assertFalse(good.length == 0);
    }
  }
}
