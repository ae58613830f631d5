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

/** That the benchmark measures what it says; how fast it is, nobody asserts. */
@Timeout(200)
class IngestBenchIT {
  private static final int FRAMES_IN_TWO_SECONDS = 50;

  @TempDir Path folder;

  @Test
  void measuresIngestBesideItsParts() throws Exception {
    IngestConfig config = IngestConfig.from(new Settings(Map.of()));
    Map<String, Double> figures = new IngestBench(config, folder, 2, 1).run().values();

    assertEquals(FRAMES_IN_TWO_SECONDS, figures.get("frames"));
    double faces = figures.get("faces");
    assertTrue(faces > 0, figures.toString());
    double seconds = faces / figures.get("childFacesPerSecond");
    assertEquals(
        faces / figures.get("inProcessFacesPerSecond") / seconds,
        figures.get("childToInProcess"),
        1e-9);
    double apart = Math.max(figures.get("decodeStageSeconds"), figures.get("faceStageSeconds"));
    assertEquals(apart / seconds, figures.get("ingestToSlowestStageApart"), 1e-9);
    assertEquals(
        Math.max(apart, figures.get("stagesOverProcessorsSeconds")) / seconds,
        figures.get("ingestToSlowestStage"),
        1e-9);
    assertTrue(figures.get("decodedPerSecond") > 0, figures.toString());
    assertTrue(figures.get("cpuSecondsPerVideoMinute") > 0, figures.toString());
  }
}
