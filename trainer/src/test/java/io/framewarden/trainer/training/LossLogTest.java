package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("run/losses.csv");
  }

  @Test
  void everyStepIsReadBack() throws IOException {
    write(1, 3, 0);
    List<LossLog.Line> lines = LossLog.read(file);
    assertEquals(List.of(1L, 2L, 3L), lines.stream().map(LossLog.Line::step).toList());
    assertEquals(Map.of("bce", 3.0, "total", 6.0), lines.get(2).losses());
    assertEquals(40.5, lines.get(2).facesPerSecond());
  }

  @Test
  void resumedRunDropsTheStepsThatItDoesAgain() throws IOException {
    write(1, 5, 0);
    // Killed while writing the sixth line, with its last checkpoint after step 3.
    Files.writeString(file, "6,0.", StandardOpenOption.APPEND);
    write(4, 6, 100);
    List<LossLog.Line> lines = LossLog.read(file);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), lines.stream().map(LossLog.Line::step).toList());
    assertEquals(3.0, lines.get(2).losses().get("bce"));
    assertEquals(104.0, lines.get(3).losses().get("bce"));
  }

  @Test
  void lineThatACrashCutShortIsLeftOut() throws IOException {
    write(1, 2, 0);
    Files.writeString(file, "3,0.7", StandardOpenOption.APPEND);
    assertEquals(2, LossLog.read(file).size());
  }

  @Test
  void noFileIsNoLines() throws IOException {
    assertTrue(LossLog.read(file).isEmpty());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), "file,label\na,b\n");
    assertThrows(IOException.class, () -> LossLog.read(other));
  }

  private void write(long from, long to, float plus) throws IOException {
    try (LossLog log = new LossLog(file)) {
      for (long step = from; step <= to; step++) {
        Map<String, Float> losses = new LinkedHashMap<>();
        losses.put("bce", step + plus);
        losses.put("total", 2 * step + plus);
        log.onStep(new TrainingProgress(step, to, losses, 40.5));
      }
    }
  }
}
