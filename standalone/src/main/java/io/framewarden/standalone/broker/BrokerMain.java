package io.framewarden.standalone.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The child process: formats the storage on first use, runs one broker that is its own controller,
 * says {@link #READY} on standard output, and stops when standard input ends. Standard input is a
 * pipe from the parent, so it ends even when the parent is killed.
 */
public final class BrokerMain {
  static final String READY = "BROKER READY";

  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  private BrokerMain() {}

  /**
   * Runs until standard input ends.
   *
   * @param args folder, broker port, controller port
   */
  public static void main(String[] args) throws IOException {
    // Ctrl-C reaches every process of the terminal; the broker must outlive the services that are
    // closing, and ends when its parent closes its input.
    Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    PrintStream parent = System.out;
    System.setOut(System.err); // the storage tool prints; the pipe to the parent is for READY only
    BrokerFolder folder = new BrokerFolder(Path.of(args[0]));
    Path properties = folder.writeProperties(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    format(folder, properties);
    KafkaRaftServer server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(BrokerFolder.load(properties), false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      // Its threads would keep the process alive, and the parent waiting for READY.
      LOG.error("the broker cannot start", e);
      Runtime.getRuntime().halt(1);
    }
    parent.println(READY);
    parent.flush();
    awaitEndOfInput();
    server.shutdown();
    server.awaitShutdown();
    Runtime.getRuntime().exit(0);
  }

  private static void format(BrokerFolder folder, Path properties) throws IOException {
    int status =
        StorageTool.execute(
            new String[] {
              "format", "--ignore-formatted", "-t", folder.clusterId(), "-c", properties.toString()
            },
            System.err);
    if (status != 0) {
      throw new IOException("formatting the broker's storage ended with status " + status);
    }
  }

  private static void awaitEndOfInput() throws IOException {
    int read = System.in.read();
    while (read >= 0) {
      read = System.in.read();
    }
  }
}
