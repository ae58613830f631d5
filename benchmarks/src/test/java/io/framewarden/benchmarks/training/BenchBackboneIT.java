package io.framewarden.benchmarks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.benchmarks.command.BenchMain;
import io.framewarden.testkit.CommandRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchBackboneIT {

  @Test
  void aBackboneIsMeasuredInProcessesOfItsOwn() throws IOException {
    CommandRun run =
        CommandRun.of(
            BenchMain::run,
            "bench-backbone",
            "resnet18",
            "--batch",
            "2",
            "--steps",
            "2",
            "--warm",
            "6",
            "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode figures = new ObjectMapper().readTree(run.out());
    assertTrue(figures.get("plain_peak_mib").asDouble() > 100, run.out());
    assertTrue(figures.get("checkpointed_peak_mib").asDouble() > 100, run.out());
    double loss = figures.get("plain_loss").asDouble();
    assertEquals(loss, figures.get("checkpointed_loss").asDouble(), 1e-3 * loss, run.out());
    assertTrue(figures.get("export_logit_difference").asDouble() <= 1e-4, run.out());
  }
}
