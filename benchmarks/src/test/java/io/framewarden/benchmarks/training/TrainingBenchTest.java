package io.framewarden.benchmarks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.trainer.did.LossConfig;
import io.framewarden.trainer.did.NetworkConfig;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.FaceBatch;
import io.framewarden.trainer.training.OptimizerConfig;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TrainingBenchTest {
  private static final int SIDE = 64;
  private static final TrainingConfig RECIPE =
      new TrainingConfig(
          NetworkConfig.small().toBuilder().side(SIDE).width(1.0 / 16).hidden(8).build(),
          LossConfig.withMasks(),
          OptimizerConfig.fromScratch(),
          new TrainingSchedule(40, 1, 8, 40, 7));

  @Test
  void tellsWhatLoadingCostsAndThatMemoryStaysFlat() {
    List<Long> loaded = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    AtomicLong nanos = new AtomicLong();
    BatchSource source =
        step -> {
          nanos.addAndGet(1_000_000_000L);
          loaded.add(step);
          return batch();
        };
    TrainingBench bench =
        new TrainingBench(
            RECIPE,
            source,
            2,
            step -> {
              nanos.addAndGet(4_000_000_000L);
              told.add(step);
            },
            nanos::get);
    Map<String, Double> figures = bench.run(3);
    assertEquals(10 + 4 * (2 * 10 + 3), bench.steps());
    assertEquals(bench.steps(), told.get(told.size() - 1));
    assertEquals(1 + 10 + 4 * (10 + 3), loaded.size(), "what is timed without loading loads none");
    // Loading takes a second of this clock, what a step does besides four.
    assertEquals(5, figures.get("stepSecondsWithLoading"), 1e-9);
    assertEquals(4, figures.get("stepSecondsWithoutLoading"), 1e-9);
    assertEquals(0.8, figures.get("withoutToWithLoading"), 1e-9);
    assertEquals(RECIPE.batch() / 5.0, figures.get("facesPerSecond"), 1e-9);
    assertEquals(
        figures.get("nativeArraysAtStep51"), figures.get("nativeArraysAtStep102"), figures + "");
  }

  /** Half real, half fakes of two domains; what the faces show is of no account. */
  private static FaceBatch batch() {
    int size = RECIPE.batch();
    byte[][] faces = new byte[size][SIDE * SIDE];
    byte[][] masks = new byte[size][];
    float[] labels = new float[size];
    int[] domains = new int[size];
    for (int i = 0; i < size; i++) {
      new Random(i).nextBytes(faces[i]);
      domains[i] = i % 4 < 2 ? 0 : i % 4 - 1;
      labels[i] = domains[i] > 0 ? 1 : 0;
      masks[i] = domains[i] > 0 ? faces[i] : null;
    }
    List<String> names = IntStream.range(0, size).mapToObj(i -> "noise " + i / 2).toList();
    return new FaceBatch(faces, labels, domains, masks, names, names);
  }
}
