package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingBenchTest {

  @Test
  void tellsWhatLoadingCostsAndThatMemoryStaysFlat() {
    List<Long> loaded = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    BatchSource source =
        step -> {
          loaded.add(step);
          return TinyRuns.batch(step);
        };
    TrainingBench bench = new TrainingBench(TinyRuns.recipe(40, 40), source, 2, told::add);
    Map<String, Double> figures = bench.run(TinyRuns.DOMAINS.size());
    assertEquals(10 + 4 * (2 * 10 + 3), bench.steps());
    assertEquals(bench.steps(), told.get(told.size() - 1));
    assertEquals(1 + 10 + 4 * (10 + 3), loaded.size(), "what is timed without loading loads none");
    assertEquals(
        figures.get("stepSecondsWithoutLoading") / figures.get("stepSecondsWithLoading"),
        figures.get("withoutToWithLoading"),
        1e-9);
    assertEquals(
        figures.get("nativeArraysAtStep51"), figures.get("nativeArraysAtStep102"), figures + "");
    assertTrue(figures.get("facesPerSecond") > 0);
  }
}
