package io.framewarden.ingest.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, well-formed or not. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** All that comes until the server closes. */
  String readAll() throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int read = read(buffer); read >= 0; read = read(buffer)) {
        text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException e) {
      text.append("(reset)");
    }
    return text.toString();
  }

  /** What comes up to the end of the headers and the body that they announce. */
  String readAnswer() throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] one = new byte[1];
    while (text.indexOf("\r\n\r\n") < 0 && read(one) > 0) {
      text.append((char) one[0]);
    }
    return text.toString();
  }

  private int read(byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
