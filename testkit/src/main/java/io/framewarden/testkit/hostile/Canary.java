package io.framewarden.testkit.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that nobody may open and a loopback port that nobody may connect to. The file is a FIFO
 * whose writer waits: the kernel lets it go on as soon as anybody opens the file. Owns two threads
 * until it is closed; safe for several threads.
 */
public final class Canary implements AutoCloseable {
  private final Path file;
  private final ServerSocket port;
  private final AtomicBoolean opened = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread writer;
  private int ownConnections;

  /** Creates the FIFO and listens on a free port. */
  public Canary(Path file) throws IOException, InterruptedException {
    this.file = file;
    Process fifo = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    if (fifo.waitFor() != 0) {
      throw new IOException("no FIFO can be created at " + file);
    }
    this.port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.writer = new Thread(this::write, "canary-file");
    writer.setDaemon(true);
    writer.start();
    Thread acceptor = new Thread(this::accept, "canary-port");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** The file that nobody may open. */
  public Path file() {
    return file;
  }

  /** The loopback port that nobody may connect to. */
  public int port() {
    return port.getLocalPort();
  }

  /** A URI of the port. */
  public String uri() {
    return "http://127.0.0.1:" + port.getLocalPort() + "/canary.mp4";
  }

  /**
   * Whether the file was opened or the port reached. Connections are counted in the order in which
   * they came: once one of its own is counted, all before it are.
   */
  public synchronized boolean isTouched() throws IOException {
    try (Socket own = new Socket(InetAddress.getLoopbackAddress(), port.getLocalPort())) {
      own.getInputStream().read();
    }
    return connections.get() > ++ownConnections || opened.get();
  }

  private void write() {
    try (OutputStream out = Files.newOutputStream(file)) {
      opened.set(true);
      out.write("canary".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      opened.set(true); // whoever it was has closed it
    }
  }

  private void accept() {
    while (!port.isClosed()) {
      try (Socket connection = port.accept()) {
        connections.incrementAndGet();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** Lets the waiting threads end. */
  @Override
  public void close() throws IOException {
    port.close();
    if (opened.get()) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
