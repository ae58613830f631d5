package io.framewarden.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark measures what it says; its speed is not asserted. */
@Timeout(200)
class IngestBenchIT {
  private static final int FRAMES_IN_TWO_SECONDS = 50;

  @TempDir Path folder;

  @Test
  void measuresIngestAndItsStages() throws Exception {
    IngestConfig config = IngestConfig.from(new Settings(Map.of()));
    Map<String, Double> measured = new IngestBench(config, folder, 2, 1).run().values();

    assertEquals(FRAMES_IN_TWO_SECONDS, measured.get("frames"));
    double faces = measured.get("faces");
    assertTrue(faces > 0, measured.toString());
    double seconds = faces / measured.get("childFacesPerSecond");
    assertEquals(
        faces / measured.get("inProcessFacesPerSecond") / seconds,
        measured.get("childToInProcess"),
        1e-9);
    double slowestStage =
        Math.max(measured.get("decodeStageSeconds"), measured.get("faceStageSeconds"));
    assertEquals(slowestStage / seconds, measured.get("ingestToSlowestStageApart"), 1e-9);
    assertEquals(
        Math.max(slowestStage, measured.get("stagesOverProcessorsSeconds")) / seconds,
        measured.get("ingestToSlowestStage"),
        1e-9);
    assertTrue(measured.get("decodedPerSecond") > 0, measured.toString());
    assertTrue(measured.get("cpuSecondsPerVideoMinute") > 0, measured.toString());
  }
}
