package io.framewarden.detector.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.detector.TinyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * TensorRT's real libraries on a machine without a GPU. They are not in the repository: {@code
 * -Dframewarden.tensorrt.libs=DIR} names a folder with libnvinfer.so.8, its builder resources,
 * libnvinfer_plugin.so.8, libnvonnxparser.so.8, libnvparsers.so.8 and libcudart.so.12.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TensorRtLibrariesTest {
  private static final String LIBRARIES = "framewarden.tensorrt.libs";

  @TempDir Path folder;
  private String libraries;

  @BeforeEach
  void find() throws Exception {
    libraries = System.getProperty(LIBRARIES, "");
    assumeTrue(
        Files.isRegularFile(Path.of(libraries, "libnvinfer.so.8")),
        "-D" + LIBRARIES + " names no folder with TensorRT 8.6");
    assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a GPU");
    TinyModel.write(folder.resolve("model"), "recipe");
  }

  @Test
  void theServiceScoresOnOnnxRuntimeAndSaysThatThereIsNoGpu() throws Exception {
    String output = run(SelectingProcess.class);

    assertTrue(output.contains("engine onnxruntime (tensorrt: "), output);
    assertTrue(output.contains("NVIDIA GPU"), output);
    assertTrue(output.contains("scores on onnxruntime-"), output);
  }

  @Test
  void anAbortOfCudaIsAProblem() throws Exception {
    String output = run(AbortedProbeProcess.class);

    assertTrue(output.contains("the probe died with status 134 (SIGABRT): "), output);
    assertTrue(output.contains("Cuda failure"), output);
  }

  private String run(Class<?> main) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            folder.resolve("model").toString(),
            folder.resolve("cache").toString());
    builder.environment().put("LD_LIBRARY_PATH", libraries);
    builder.environment().put("LD_PRELOAD", Path.of(libraries, "libcudart.so.12").toString());
    Process process = builder.redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(output);
      assertEquals(0, process.waitFor(), output);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
