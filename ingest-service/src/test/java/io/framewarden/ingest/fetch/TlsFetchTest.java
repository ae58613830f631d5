package io.framewarden.ingest.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.process.JavaCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fetching over https, from servers with real certificates. */
@Timeout(180)
@Tag("slow")
class TlsFetchTest {
  private static final String OURS = "san=dns:localhost,ip:127.0.0.1";

  @TempDir Path folder;
  private TlsServers servers;

  @BeforeEach
  void make() throws Exception {
    servers = new TlsServers(folder);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void aTrustedServerIsReadAndAWrongNameOrDateIsRefused() throws Exception {
    int good = servers.start("-ext", OURS);
    int other = servers.start("-ext", "san=dns:elsewhere.test");
    int old = servers.start("-ext", OURS, "-startdate", "-10d", "-validity", "5");
    List<String> told =
        fetchTrusting(
            "https://localhost:" + good + "/clip.mp4",
            "https://127.0.0.1:" + good + "/clip.mp4",
            "https://localhost:" + other + "/clip.mp4",
            "https://127.0.0.1:" + other + "/clip.mp4",
            "https://localhost:" + old + "/clip.mp4");
    String bytes = TlsServers.BYTES + " bytes";
    assertEquals(List.of(bytes, bytes), told.subList(0, 2));
    for (String wrongName : told.subList(2, 4)) {
      assertRefused(wrongName, "certificate is for another host", "use a host name");
    }
    assertRefused(told.get(4), "certificate is out of date", "renew it");
    assertEquals(5, told.size());
    assertEquals(2, servers.requests.get(), "nobody else was asked for anything");
  }

  @Test
  void anUnknownAuthorityIsRefusedWithTheRemedy() throws Exception {
    int port = servers.start("-ext", OURS);
    List<String> told = FetchOverTls.fetch("https://localhost:" + port + "/clip.mp4");
    assertRefused(told.get(0), "no authority that this service trusts", "javax.net.ssl.trustStore");
    assertEquals(0, servers.requests.get());
  }

  @Test
  void whatSpeaksNoTlsIsSaidToBeThat() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket visitor = plain.accept()) {
                  visitor
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  visitor.getInputStream().readAllBytes();
                } catch (IOException e) {
                  return; // closed
                }
              });
      answering.start();
      List<String> told =
          FetchOverTls.fetch("https://127.0.0.1:" + plain.getLocalPort() + "/clip.mp4");
      assertRefused(told.get(0), "connection", "check that it speaks https");
    }
  }

  /** In a process whose Java trusts the servers' authority by its usual properties. */
  private List<String> fetchTrusting(String... uris) throws Exception {
    List<String> flags =
        List.of(
            "-Djavax.net.ssl.trustStore=" + servers.trustStore(),
            "-Djavax.net.ssl.trustStorePassword=" + TlsServers.PASSWORD);
    Process process =
        new ProcessBuilder(JavaCommand.of(FetchOverTls.class, flags, List.of(uris)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), told);
    return told.lines().toList();
  }

  private static void assertRefused(String told, String cause, String remedy) {
    assertTrue(told.startsWith("source-unavailable: "), told);
    assertTrue(told.contains(cause), told);
    assertTrue(told.contains(remedy), told);
  }
}
