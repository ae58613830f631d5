package io.framewarden.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DetectorMainIT {
  @TempDir Path folder;

  @Test
  void namesEveryMistakeOfTheConfigurationAndExitsWithTwo() throws Exception {
    String output =
        run(
            2,
            Map.of(
                "FRAMEWARDEN_ROLE", "judge",
                "FRAMEWARDEN_SCORER_BATCH_SIZE", "0",
                "FRAMEWARDEN_NO_SUCH_THING", "1"));

    assertTrue(output.contains("FRAMEWARDEN_ROLE is judge"), output);
    assertTrue(output.contains("FRAMEWARDEN_SCORER_BATCH_SIZE is 0"), output);
    assertTrue(output.contains("FRAMEWARDEN_NO_SUCH_THING"), output);
  }

  @Test
  void exitsWithOneWhenTheModelIsRefused() throws Exception {
    String output =
        run(
            1,
            Map.of(
                "FRAMEWARDEN_ROLE", "scorer",
                "FRAMEWARDEN_HTTP_PORT", "0",
                "FRAMEWARDEN_MODEL_DIR", folder.resolve("nothing").toString(),
                "FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS", "localhost:1",
                "FRAMEWARDEN_KAFKA_CLIENT_SASL_JAAS_CONFIG", "password=hunter2"));

    assertTrue(output.contains("no manifest.json there"), output);
    assertTrue(output.contains(folder.resolve("nothing").toString()), output);
    assertTrue(!output.contains("hunter2"), "secrets stay out of the log");
  }

  private String run(int status, Map<String, String> environment) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            DetectorMain.class.getName());
    builder.environment().keySet().removeIf(name -> name.startsWith("FRAMEWARDEN_"));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      int exit = process.waitFor();
      assertEquals(status, exit, () -> read(output));
      return read(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return "no output: " + e.getMessage();
    }
  }
}
