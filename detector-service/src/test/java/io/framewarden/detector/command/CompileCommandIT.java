package io.framewarden.detector.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.framewarden.detector.DetectorMain;
import io.framewarden.detector.TinyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar's own command line, in a process as a user runs it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CompileCommandIT {
  @TempDir Path folder;

  @Test
  void withoutAGpuItSaysWhatIsMissingAndLeavesNoPlan() throws Exception {
    assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a GPU");
    Path model = folder.resolve("model");
    TinyModel.write(model, "recipe");

    String output = run(1, "compile", "--model", model.toString(), "--out", out());

    assertTrue(output.contains("detector compile: "), output);
    assertTrue(output.contains("NVIDIA GPU"), output);
    assertFalse(output.contains("\tat "), output);
    assertFalse(Files.exists(folder.resolve("out/plans")));
  }

  @Test
  void aModelThatIsNotIntactIsNotCompiled() throws Exception {
    String output = run(1, "compile", "--model", folder.resolve("none").toString(), "--out", out());

    assertTrue(output.contains("no manifest.json there"), output);
  }

  @Test
  void argumentsThatCannotBeUsedAreNamed() throws Exception {
    String buckets =
        run(2, "compile", "--model", "m", "--out", "o", "--precision", "fp16", "--buckets", "1,x");
    assertTrue(buckets.contains("--buckets 1,x is not a list"), buckets);

    String precision = run(2, "compile", "--model", "m", "--out", "o", "--precision", "int8");
    assertTrue(precision.contains("FP32, FP16"), precision);

    assertTrue(run(2, "decompile").contains("decompile"));
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private static String run(int status, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DetectorMain.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(status, process.waitFor(), output);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
