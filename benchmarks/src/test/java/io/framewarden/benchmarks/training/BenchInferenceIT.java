package io.framewarden.benchmarks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.benchmarks.command.BenchMain;
import io.framewarden.testkit.CommandRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchInferenceIT {

  @Test
  void bothEnginesAreMeasuredOnOneGraph() throws IOException {
    CommandRun run =
        CommandRun.of(
            BenchMain::run,
            "bench-inference",
            "--width",
            "0.1",
            "--batch",
            "2",
            "--seconds",
            "0.2",
            "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode figures = new ObjectMapper().readTree(run.out());
    double ort = figures.get("ortFacesPerSecond").asDouble();
    double torch = figures.get("torchFacesPerSecond").asDouble();
    assertTrue(ort > 0 && torch > 0, run.out());
    assertEquals(ort / torch, figures.get("ortToTorch").asDouble(), 1e-9);
  }

  @Test
  void noTimeToMeasureInIsRefused() {
    CommandRun run = CommandRun.of(BenchMain::run, "bench-inference", "--seconds", "0");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("--seconds"), run.err());
  }
}
