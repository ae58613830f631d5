package io.framewarden.runtime.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server whose connections break after so many bytes of answers. */
final class BreakingLine implements AutoCloseable {
  private final URI server;
  private final int answerBytes;
  private final ServerSocket listener;
  private final AtomicInteger broken = new AtomicInteger();
  private final List<Socket> open = new ArrayList<>();

  BreakingLine(URI server, int answerBytes) throws IOException {
    this.server = server;
    this.answerBytes = answerBytes;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String uri() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** How many connections broke. */
  int broken() {
    return broken.get();
  }

  /** Breaks what is open. */
  void breakNow() {
    synchronized (open) {
      open.forEach(BreakingLine::drop);
      open.clear();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    breakNow();
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listener.accept();
      Socket far = new Socket(server.getHost(), server.getPort());
      synchronized (open) {
        open.add(near);
        open.add(far);
      }
      start(() -> pass(near, far, Integer.MAX_VALUE));
      start(() -> pass(far, near, answerBytes));
    }
  }

  private void pass(Socket from, Socket to, int most) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[8192];
    int passed = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (most - passed < read) {
        broken.incrementAndGet();
        break;
      }
      out.write(buffer, 0, read);
      passed += read;
    }
    drop(from);
    drop(to);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the other side, or the test, hung up
              }
            },
            "breaking line");
    thread.setDaemon(true);
    thread.start();
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
