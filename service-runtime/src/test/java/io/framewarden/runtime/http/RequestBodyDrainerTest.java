package io.framewarden.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers at once and reads nothing, except where its path says so. */
@Timeout(60)
class RequestBodyDrainerTest {
  private static final int MUCH = 32 << 20;

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aClientThatSendsEverythingFirstStillGetsItsAnswer() throws Exception {
    listen(Duration.ofSeconds(30));
    try (Socket client = client()) {
      send(client, head("/no", MUCH));
      send(client, new byte[MUCH]);
      String answer = readAll(client);
      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
      assertTrue(answer.endsWith("no"), answer);
    }
  }

  @Test
  void soDoesAClientThatDoesNotSayHowMuchItSends() throws Exception {
    listen(Duration.ofSeconds(30));
    try (Socket client = client()) {
      send(client, "POST /no HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      byte[] piece = new byte[1 << 20];
      for (int sent = 0; sent < MUCH; sent += piece.length) {
        send(client, "100000\r\n");
        send(client, piece);
        send(client, "\r\n");
      }
      send(client, "0\r\n\r\n");
      String answer = readAll(client);
      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterALittle() throws Exception {
    listen(Duration.ofSeconds(30));
    try (Socket client = client()) {
      send(client, head("/no", 5000));
      String first = readHead(client);
      assertFalse(first.contains("connection: close"), first);
      send(client, new byte[5000]);
      send(client, "GET /no HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      String rest = readAll(client);
      assertTrue(rest.startsWith("noHTTP/1.1 413"), rest);
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterContentThatWasRead() throws Exception {
    listen(Duration.ofSeconds(30));
    try (Socket client = client()) {
      send(client, head("/read", 1_000_000));
      send(client, new byte[1_000_000]);
      String first = readHead(client);
      assertTrue(first.startsWith("http/1.1 200"), first);
      assertFalse(first.contains("connection: close"), first);
      send(client, "GET /no HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertTrue(readAll(client).startsWith("noHTTP/1.1 413"));
    }
  }

  @Test
  void whoWaitsToBeAskedHearsThatTheConnectionEnds() throws Exception {
    listen(Duration.ofSeconds(30));
    try (Socket client = client()) {
      send(client, head("/no", 100).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
      String head = readHead(client);
      assertTrue(head.startsWith("http/1.1 413"), head);
      assertTrue(head.contains("connection: close"), head);
    }
  }

  @Test
  void whoeverSendsWithoutEndIsCutOff() throws Exception {
    listen(Duration.ofMillis(300));
    try (Socket client = client()) {
      send(client, head("/no", Long.MAX_VALUE));
      byte[] piece = new byte[1 << 20];
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              send(client, piece);
            }
          });
    }
  }

  @Test
  void whoeverSendsNothingIsCutOff() throws Exception {
    listen(Duration.ofMillis(300));
    try (Socket client = client()) {
      send(client, head("/no", 1000));
      assertTrue(readHead(client).startsWith("http/1.1 413"));
      assertEquals("no", readAll(client), "and then the end");
    }
  }

  private void listen(Duration limit) throws Exception {
    RequestBodyDrainer dropping = new RequestBodyDrainer(limit);
    dropping.setHandler(new Answering());
    server.addConnector(connector);
    server.setHandler(dropping);
    server.start();
  }

  private static final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      boolean read = Request.getPathInContext(request).equals("/read");
      if (read) {
        Content.Source.consumeAll(request);
      }
      response.setStatus(read ? 200 : 413);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 2);
      Content.Sink.write(response, true, "no", callback);
      return true;
    }
  }

  private Socket client() throws IOException {
    return new Socket("127.0.0.1", connector.getLocalPort());
  }

  private static String head(String path, long length) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static void send(Socket client, String text) throws IOException {
    send(client, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void send(Socket client, byte[] content) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(content);
    out.flush();
  }

  /** In small letters; the content stays in the connection. */
  private static String readHead(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = client.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        break;
      }
      head.append((char) read);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  private static String readAll(Socket client) throws IOException {
    byte[] all = client.getInputStream().readAllBytes();
    return new String(all, StandardCharsets.ISO_8859_1);
  }
}
