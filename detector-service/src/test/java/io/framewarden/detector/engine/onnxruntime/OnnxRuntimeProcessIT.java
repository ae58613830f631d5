package io.framewarden.detector.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OnnxRuntimeProcessIT {
  @TempDir Path folder;

  /** ONNX Runtime's own start recurses along the command line; see DeepStack. */
  @Test
  void startsInAProcessWithALongCommandLine() throws Exception {
    TinyModel.write(folder, "digest");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dpadding=" + "x".repeat(50_000),
                "-cp",
                System.getProperty("java.class.path"),
                ModelLoadingProcess.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      assertTrue(output.contains("loaded with onnxruntime-"), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
