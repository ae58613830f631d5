package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.video.SyntheticVideo;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the blocks of the README that are marked with {@code <!-- runs -->}, in their order, in a
 * folder with the files that they name. Ports are drawn, and training is cut short; everything else
 * is run as it is written.
 */
@Timeout(600)
class DocRunIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PEOPLE = 40;
  private static final int SIDE = 256;

  /** What the test adds to a command, so that it ends soon. */
  private static final Map<String, List<String>> SHORTER =
      Map.of(
          "train", List.of("--steps", "4", "--batch", "4", "--width", "0.25", "--no-report"),
          "evaluate", List.of("--bootstrap", "20"));

  @TempDir Path folder;

  private final int httpPort = freePort();
  private final int kafkaPort = freePort();
  private CommandServer commands;
  private Process service;
  private String videoId = "";

  @BeforeEach
  void writeTheFilesThatTheReadmeNames() throws IOException {
    SyntheticVideo.drawnFace(folder.resolve("clip.mp4"), 640, 480, 25, 2);
    SyntheticVideo.drawnFace(folder.resolve("other.mp4"), 640, 480, 25, 3);
    Path photographs = Files.createDirectories(folder.resolve("photos/real"));
    for (int person = 0; person < PEOPLE; person++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      byte[] pixels = SyntheticVideo.faceFrame(SIDE, SIDE, person, 1, person);
      image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
      ImageIO.write(image, "png", photographs.resolve("person" + person + ".png").toFile());
    }
    copy(TestModel.folder(), folder.resolve("models/other"));
    commands =
        new CommandServer(
            folder, Map.of("FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS", "localhost:" + kafkaPort));
  }

  @AfterEach
  void stop() throws Exception {
    commands.close();
    if (service != null) {
      service.destroy();
      assertTrue(service.waitFor(60, TimeUnit.SECONDS), "serve did not stop when told to");
    }
  }

  @Test
  void theReadmesCommandsDoWhatItShows() throws Exception {
    for (CodeBlock block : CodeBlock.in(Repository.root().resolve("README.md"))) {
      if (block.runs()) {
        String out = "";
        for (ShellCommand command : block.commands()) {
          out = run(command);
        }
        if (block.output().isPresent()) {
          assertEquals(heading(block.output().get()), heading(out), block.text());
        }
      }
    }
  }

  private String run(ShellCommand command) throws Exception {
    if (command.words().get(0).equals("curl")) {
      return curl(command.text());
    }
    assertTrue(command.isFramewarden() && command.variables().isEmpty(), command.text());
    List<String> arguments = new ArrayList<>();
    command.arguments().forEach(word -> arguments.add(word.replace(":9092", ":" + kafkaPort)));
    if (arguments.get(0).equals("serve")) {
      return serve(arguments);
    }
    arguments.addAll(SHORTER.getOrDefault(arguments.get(0), List.of()));
    CommandServer.Response response = commands.run(arguments);
    assertEquals(0, response.status(), command.text() + ": " + response.err());
    return response.out();
  }

  /** Leaves the service running for the commands that follow. */
  private String serve(List<String> arguments) throws IOException {
    arguments.addAll(List.of("--port", "" + httpPort, "--kafka-port", "" + kafkaPort));
    service =
        Jvm.start(
            FramewardenMain.class,
            folder,
            Map.of(),
            folder.resolve("serve.log"),
            arguments.toArray(String[]::new));
    BufferedReader out = service.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertTrue(line != null, () -> "serve ended: " + Repository.text(folder.resolve("serve.log")));
    return line.replace(":" + httpPort, ":8080");
  }

  /** Runs curl itself; a question for a video's state is asked until there is a verdict. */
  private String curl(String line) throws Exception {
    String request =
        line.replace("127.0.0.1:8080", "127.0.0.1:" + httpPort).replace("/ID", "/" + videoId);
    String answer = bash(request);
    while (line.contains("/ID")
        && !JSON.readTree(answer).path("state").asText().equals("DECIDED")) {
      answer = bash(request);
    }
    videoId = JSON.readTree(answer).path("id").asText();
    assertTrue(!videoId.isEmpty(), line + ": " + answer);
    return answer;
  }

  private String bash(String line) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", line.replace("curl ", "curl -sS --fail-with-body "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), line + ": " + out);
    return out;
  }

  private static List<String> heading(String text) {
    return List.of(text.lines().findFirst().orElse("").strip().split("\\s{2,}"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
