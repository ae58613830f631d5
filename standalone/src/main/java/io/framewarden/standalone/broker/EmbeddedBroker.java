package io.framewarden.standalone.broker;

import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.kafka.BrokerMarker;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.process.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a child process. {@link #start()} launches it and returns at once; {@link
 * #awaitReady()} waits. Closing ends the child's input, which lets it shut down in order. Its data
 * stays in the folder.
 */
public final class EmbeddedBroker implements Service {
  private static final long CLOSE_SECONDS = 30;
  private static final int SHOWN_LINES = 15;

  /** How far back a broker that halts may have said why. */
  private static final int LAST_LINES = 300;

  private final BrokerFolder folder;
  private final Path path;
  private final int port;
  private final BrokerLogin login;
  private Process process;
  private BrokerMarker marker;
  private volatile boolean ready;
  private volatile boolean closing;

  /**
   * @param path the broker's folder; made when missing
   * @param port where it listens on the loopback address; 0 for any free port
   */
  public EmbeddedBroker(Path path, int port) {
    this.path = path.toAbsolutePath();
    this.folder = new BrokerFolder(this.path);
    this.port = port == 0 ? freePort() : port;
    this.login = BrokerLogin.of(this.path);
  }

  @Override
  public String name() {
    return "broker";
  }

  /** Where the partitions are. */
  public Path logs() {
    return folder.logs();
  }

  /** How clients reach it, and log in. */
  public KafkaConnection connection() {
    return KafkaConnection.embedded(address(), login.clientProperties());
  }

  private String address() {
    return "127.0.0.1:" + port;
  }

  /**
   * @throws IllegalStateException when the folder is used by another broker, or the port is taken
   */
  @Override
  public void start() {
    requireFree(port);
    try {
      Files.createDirectories(path);
      mark();
      login.keep(path);
      process =
          new ProcessBuilder(command())
              .redirectError(ProcessBuilder.Redirect.appendTo(folder.logFile().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the embedded broker in " + path, e);
    }
  }

  /**
   * Waits until the broker takes connections.
   *
   * @throws IllegalStateException when it ended instead; the message shows the end of its log
   */
  public void awaitReady() {
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(BrokerMain.READY)) {
          ready = true;
          return;
        }
      }
      throw new IllegalStateException("the embedded broker did not start:\n" + endOfLog());
    } catch (IOException e) {
      throw new UncheckedIOException("lost the embedded broker", e);
    }
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  @Override
  public Health health() {
    if (process == null) {
      return Health.starting("not started");
    }
    if (!process.isAlive() && !closing) {
      return Health.failed(
          "the broker process ended%s; its log is %s"
              .formatted(
                  foundNoRoom() ? ": there was no space left on its disk" : "", folder.logFile()));
    }
    return ready ? Health.ready() : Health.starting("the broker is starting");
  }

  @Override
  public void close() {
    closing = true;
    ready = false;
    try {
      if (process != null) {
        process.getOutputStream().close();
        if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      if (marker != null) {
        marker.close();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command() {
    return JavaCommand.of(
        BrokerMain.class,
        List.of(
            "-Xms128m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // The JVM's own counters, sampled twenty times a second otherwise, also at rest.
            "-XX:PerfDataSamplingInterval=1000"),
        List.of(path.toString(), Integer.toString(port), Integer.toString(freePort())));
  }

  private void mark() throws IOException {
    marker =
        BrokerMarker.tryHold(path, address())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        path
                            + " is used by another running framewarden; choose another --data-dir"
                            + " or stop it"));
  }

  /** As far as the log tells, which is on that disk too. */
  private boolean foundNoRoom() {
    try {
      return folder.endOfLog(LAST_LINES).stream()
          .anyMatch(line -> line.contains("No space left on device"));
    } catch (IOException e) {
      return false;
    }
  }

  private String endOfLog() {
    try {
      return String.join("\n", folder.endOfLog(SHOWN_LINES));
    } catch (IOException e) {
      return "(its log cannot be read: " + folder.logFile() + ")";
    }
  }

  private static void requireFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (IOException e) {
      throw new IllegalStateException(
          "port " + port + " for the embedded broker is taken; choose another (0 takes any free)",
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address", e);
    }
  }
}
