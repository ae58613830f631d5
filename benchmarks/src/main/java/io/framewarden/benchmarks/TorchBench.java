package io.framewarden.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The trainer's comparison of ONNX Runtime with libtorch, which only the trainer brings along. */
public final class TorchBench {
  private final Path home;
  private final String network;
  private final int batch;

  /**
   * @param home where the {@code framewarden} script is
   * @param network a backbone's name, perhaps with {@code :WIDTH}
   */
  public TorchBench(Path home, String network, int batch) {
    this.home = home;
    this.network = network;
    this.batch = batch;
  }

  /**
   * Runs {@code framewarden bench-inference}.
   *
   * @throws IllegalStateException when it fails; its own message went to standard error
   */
  public Measurements run() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      byte[] answer = child.getInputStream().readAllBytes();
      if (child.waitFor() != 0) {
        throw new IllegalStateException(
            String.join(" ", command()) + " ended with status " + child.exitValue());
      }
      return new Measurements(
          new ObjectMapper()
              .readValue(answer, new TypeReference<LinkedHashMap<String, Double>>() {}));
    } finally {
      child.destroyForcibly();
    }
  }

  private List<String> command() {
    String[] parts = network.split(":", 2);
    List<String> command = new ArrayList<>();
    command.add(home.resolve("framewarden").toString());
    command.addAll(List.of("bench-inference", "--json", "--batch", Integer.toString(batch)));
    command.addAll(List.of("--backbone", parts[0]));
    if (parts.length > 1) {
      command.addAll(List.of("--width", parts[1]));
    }
    return command;
  }
}
