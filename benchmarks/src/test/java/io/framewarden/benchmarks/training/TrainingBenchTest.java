package io.framewarden.benchmarks.training;

import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.TinyRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import static org.junit.jupiter.api.Assertions.assertEquals;

class TrainingBenchTest {

  @Test
  void tellsWhatLoadingCostsAndThatMemoryStaysFlat() {
    List<Long> loaded = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    AtomicLong nanos = new AtomicLong();
    BatchSource source =
        step -> {
          nanos.addAndGet(1_000_000_000L);
          loaded.add(step);
          return TinyRuns.batch(step);
        };
    TrainingBench bench =
        new TrainingBench(
            TinyRuns.recipe(40, 40),
            source,
            2,
            step -> {
              nanos.addAndGet(4_000_000_000L);
              told.add(step);
            },
            nanos::get);
    Map<String, Double> figures = bench.run(TinyRuns.DOMAINS.size());
    assertEquals(10 + 4 * (2 * 10 + 3), bench.steps());
    assertEquals(bench.steps(), told.get(told.size() - 1));
    assertEquals(1 + 10 + 4 * (10 + 3), loaded.size(), "what is timed without loading loads none");
    // Loading takes a second of this clock, what a step does besides four.
    assertEquals(5, figures.get("stepSecondsWithLoading"), 1e-9);
    assertEquals(4, figures.get("stepSecondsWithoutLoading"), 1e-9);
    assertEquals(0.8, figures.get("withoutToWithLoading"), 1e-9);
    assertEquals(TinyRuns.recipe(40, 40).batch() / 5.0, figures.get("facesPerSecond"), 1e-9);
    assertEquals(
        figures.get("nativeArraysAtStep51"), figures.get("nativeArraysAtStep102"), figures + "");
  }
}
