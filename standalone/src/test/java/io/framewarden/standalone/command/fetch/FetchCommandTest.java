package io.framewarden.standalone.command.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.SharedData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchCommandTest {
  private static final byte[] CONTENT = new byte[100_000];
  private static final Duration LONG = Duration.ofSeconds(30);
  @TempDir Path folder;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/right", exchange -> answer(exchange, CONTENT.length));
    server.createContext("/cut", exchange -> answer(exchange, CONTENT.length + 1));
    server.createContext("/absent", exchange -> exchange.sendResponseHeaders(404, -1));
    server.createContext("/moved", this::redirect);
    server.createContext("/slow", this::neverEnd);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theRightFileIsPutInItsPlaceWithItsFolders() throws Exception {
    Path target = folder.resolve("new/folder/weights.onnx");
    assertTrue(right("/right").fetch(target, LONG));
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    assertTrue(right("/moved").fetch(folder.resolve("weights.onnx"), LONG));
  }

  @Test
  void theRightFileThatIsThereIsLeftAndNobodyIsAsked() throws Exception {
    Path target = Files.write(folder.resolve("weights.onnx"), CONTENT);
    server.stop(0);
    assertFalse(right("/right").fetch(target, LONG));
  }

  @Test
  void anotherFileThatIsThereIsNotReplaced() throws Exception {
    Path target = Files.writeString(folder.resolve("weights.onnx"), "of somebody else");
    var error = assertThrows(UserError.class, () -> right("/right").fetch(target, LONG));
    assertTrue(error.getMessage().contains("another file is there"), error.getMessage());
    assertEquals("of somebody else", Files.readString(target));
  }

  @Test
  void aWrongFileIsRefusedByBothDigests() throws IOException {
    String wanted = "ab".repeat(32);
    String message = refused(new PinnedFile(url("/right"), wanted, CONTENT.length), LONG);
    assertTrue(message.contains(wanted) && message.contains(Sha256.of(CONTENT)), message);
  }

  @Test
  void aLongerFileIsNotReadToItsEnd() throws IOException {
    PinnedFile shorter = new PinnedFile(url("/slow"), Sha256.of(CONTENT), CONTENT.length - 1);
    String message = refused(shorter, LONG);
    assertTrue(message.contains("longer than the file's 99999 bytes"), message);
  }

  @Test
  void whatTheServerAnswersInsteadIsTold() throws IOException {
    String message = refused(right("/absent"), LONG);
    assertTrue(message.contains("/absent: the server answers 404"), message);
  }

  @Test
  void aDownloadThatBreaksOffLeavesNothing() throws IOException {
    String message = refused(right("/cut"), LONG);
    assertTrue(message.contains("broke off"), message);
  }

  @Test
  void aServerThatDoesNotGoOnIsGivenUp() throws IOException {
    String message = refused(right("/slow"), Duration.ofMillis(300));
    assertTrue(message.contains("/slow: not there within 0.3 s"), message);
  }

  @Test
  void withoutANetworkTheUrlAndTheOptionAreNamed() {
    String url = url("/right").toString();
    server.stop(0);
    CommandRun run = fetch("--from", url, "--to", folder.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains(url + ": cannot be reached"), run.err());
    assertTrue(run.err().contains("--from"), run.err());
  }

  @Test
  void theCommandTakesTheFileOfThePublisherOnly() throws IOException {
    CommandRun run = fetch("--from", url("/right").toString(), "--to", folder.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("104ee26c71d5c270"), run.err());
    assertEquals(List.of(), files());
    assertEquals(2, fetch("--from", "file:///etc/hostname").status());
    assertEquals(2, fetch("--timeout", "0").status());
  }

  @Test
  void theCommandSaysHowToUseTheWeights() throws IOException {
    Path shared = SharedData.folder("weights").resolve("yunet/yunet_n_dynamic.onnx");
    assumeTrue(Files.exists(shared), "there are no weights at " + shared);
    server.createContext(
        "/yunet",
        exchange -> {
          exchange.sendResponseHeaders(200, Files.size(shared));
          Files.copy(shared, exchange.getResponseBody());
          exchange.close();
        });
    Path target = folder.resolve("models/yunet_n_dynamic.onnx");
    CommandRun run =
        fetch("--from", url("/yunet").toString(), "--to", folder.resolve("models").toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains(target + " is fetched"), run.out());
    assertTrue(
        run.out().contains("FRAMEWARDEN_FACE_DETECTOR=yunet FRAMEWARDEN_FACE_MODEL=" + target),
        run.out());
    assertTrue(fetch("--to", target.toString()).out().contains("there already"));
  }

  private PinnedFile right(String path) {
    return new PinnedFile(url(path), Sha256.of(CONTENT), CONTENT.length);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private String refused(PinnedFile file, Duration timeout) throws IOException {
    Path target = folder.resolve("weights.onnx");
    String message =
        assertThrows(IOException.class, () -> file.fetch(target, timeout)).getMessage();
    assertTrue(message.contains(file.origin().toString()), message);
    assertEquals(List.of(), files());
    return message;
  }

  private static CommandRun fetch(String... options) {
    return CommandRun.of(
        FramewardenMain::run,
        Stream.concat(Stream.of("fetch", "yunet"), Stream.of(options)).toArray(String[]::new));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Sends the content, having promised so many bytes. */
  private static void answer(HttpExchange exchange, int promised) throws IOException {
    exchange.sendResponseHeaders(200, promised);
    exchange.getResponseBody().write(CONTENT);
    exchange.close();
  }

  private void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", url("/right").toString());
    exchange.sendResponseHeaders(302, -1);
  }

  /** Sends the content and goes on without a word until the test is over. */
  private void neverEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(CONTENT);
    exchange.getResponseBody().flush();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }
}
