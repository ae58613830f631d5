package io.framewarden.detector.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.detector.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that scores looks up no name and connects to nothing, though nothing in its environment
 * says so. Runs in a network of its own, in which a resolver of ours writes down what is asked for;
 * beside it runs ONNX Runtime as it comes, until that has looked its makers up.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class NoTelemetryIT {
  private static final String NETWORK =
      "mount --bind \"$1\" /etc/resolv.conf && ip link set lo up || exit 9;"
          + " mount -t tmpfs none /run || true; shift; exec \"$@\"";

  @TempDir Path folder;

  @Test
  void scoringAsksNobodyAndReachesNobody() throws Exception {
    TinyModel.write(folder.resolve("model"), "digest");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    assumeNetworkOfItsOwn();
    Process product = start("product");
    Process asItComes = null;
    try (BufferedReader said = product.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("scoring", said.readLine(), "the model does not load");
      asItComes = start("as-it-comes");
      String asked = asItComes.inputReader(StandardCharsets.UTF_8).readLine();
      product.getOutputStream().close();
      assertEquals("names: [], connections: 0", said.readLine());
      assertEquals(0, product.waitFor());
      assertNotNull(asked, "ONNX Runtime as it comes does not start");
      assumeTrue(!asked.contains("[]"), "ONNX Runtime asks nobody on this machine: " + asked);
    } finally {
      product.destroyForcibly();
      if (asItComes != null) {
        asItComes.destroyForcibly();
      }
    }
  }

  private void assumeNetworkOfItsOwn() throws IOException, InterruptedException {
    try {
      Process tried =
          new ProcessBuilder(inNetwork(List.of("true"))).redirectErrorStream(true).start();
      String said = new String(tried.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(tried.waitFor() == 0, "no network of its own can be made here: " + said);
    } catch (IOException e) {
      assumeTrue(false, "no network of its own can be made here: " + e.getMessage());
    }
  }

  private Process start(String how) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ScoringProcess.class.getName(),
            how,
            folder.resolve("model").toString());
    ProcessBuilder builder = new ProcessBuilder(inNetwork(command));
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    builder.environment().remove("OPT_OUT_TRACKING");
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private List<String> inNetwork(List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("unshare", "--user", "--map-root-user", "--net", "--mount"));
    all.addAll(List.of("sh", "-c", NETWORK, "sh", folder.resolve("resolv.conf").toString()));
    all.addAll(command);
    return all;
  }
}
