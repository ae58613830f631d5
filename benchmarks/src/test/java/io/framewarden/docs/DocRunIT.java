package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.video.SyntheticVideo;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the blocks of pages that are marked with {@code <!-- runs -->}, in their order, in a folder
 * with the files that they name. Ports are drawn, and training is cut short; everything else is run
 * as it is written.
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
  private final HttpClient http = HttpClient.newHttpClient();
  private CommandServer commands;
  private Process service;
  private String videoId = "";

  @BeforeEach
  void writeTheFilesThatThePagesName() throws IOException {
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
    copy(
        Repository.root().resolve("trainer/src/test/resources/foreign/torch-net.onnx"),
        folder.resolve("net.onnx"));
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

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/models.md"})
  void theCommandsOfAPageDoWhatItShows(String page) throws Exception {
    for (CodeBlock block : CodeBlock.in(Repository.root().resolve(page))) {
      if (block.runs()) {
        String out = "";
        for (ShellCommand command : block.commands()) {
          out = run(command);
        }
        if (!block.output().isEmpty()) {
          assertEquals(heading(block.output()), heading(out), block.text());
        }
      }
    }
  }

  private String run(ShellCommand command) throws Exception {
    if (command.words().get(0).equals("curl")) {
      return curl(command);
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

  /** As curl does it; a video's state is asked for until there is a verdict. */
  private String curl(ShellCommand command) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    boolean awaitsVerdict = false;
    Iterator<String> words = command.words().listIterator(1);
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("--data-binary")) {
        request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofFile(folder.resolve(words.next().substring("@".length()))));
      } else {
        awaitsVerdict = word.endsWith("/ID");
        String url = word.replace("127.0.0.1:8080", "127.0.0.1:" + httpPort);
        request.uri(URI.create(url.replace("/ID", "/" + videoId)));
      }
    }
    JsonNode body = send(request.build());
    while (awaitsVerdict && !body.path("state").asText().equals("DECIDED")) {
      body = send(request.build());
    }
    videoId = body.path("id").asText();
    return body.toString();
  }

  private JsonNode send(HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertTrue(response.statusCode() < 300, request + ": " + response.body());
    return JSON.readTree(response.body());
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
