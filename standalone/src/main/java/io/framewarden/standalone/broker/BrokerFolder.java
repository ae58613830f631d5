package io.framewarden.standalone.broker;

import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.store.PrivateFile;
import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/** What a broker keeps: its cluster id, its properties, its log segments and its log file. */
final class BrokerFolder {
  private static final String LOCALHOST = "127.0.0.1";
  private static final String LISTENER = "CLIENTS";
  private static final String CONTROLLER = "CONTROLLER";

  private final Path folder;

  BrokerFolder(Path folder) {
    this.folder = folder;
  }

  /** The id that the storage was or will be formatted with; made once. */
  String clusterId() throws IOException {
    Path file = folder.resolve("cluster.id");
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).trim();
  }

  /** Where the partitions are. */
  Path logs() {
    return folder.resolve("kafka");
  }

  /** The last lines of the child's log, the newest last. */
  List<String> endOfLog(int lines) throws IOException {
    List<String> all = Files.readAllLines(logFile());
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** Where the child's log goes. */
  Path logFile() {
    return folder.resolve("broker.log");
  }

  /**
   * Writes the properties for this start. The voters are static, so that the controller's port may
   * differ from start to start; with a formatted voter set it could not.
   */
  Path writeProperties(int port, int controllerPort) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@" + LOCALHOST + ":" + controllerPort);
    String broker = LISTENER + "://" + LOCALHOST + ":" + port;
    String controller = CONTROLLER + "://" + LOCALHOST + ":" + controllerPort;
    properties.setProperty("listeners", broker + "," + controller);
    properties.setProperty("advertised.listeners", broker);
    properties.setProperty("controller.listener.names", CONTROLLER);
    properties.setProperty("inter.broker.listener.name", LISTENER);
    requireLogin(properties);
    properties.setProperty("log.dirs", logs().toString());
    properties.setProperty("message.max.bytes", Integer.toString(Topics.MAX_RECORD_BYTES));
    // What a topic is told to retain is kept to at once, as it matters on a small disk.
    properties.setProperty("log.retention.check.interval.ms", "1000");
    // A quorum of one needs no record twice a second to know that its leader lives.
    properties.setProperty("metadata.max.idle.interval.ms", "0");
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", "1");
    Path file = folder.resolve("server.properties");
    StringWriter text = new StringWriter();
    properties.store(text, null);
    PrivateFile.write(file, text.toString());
    return file;
  }

  /** Of clients, and of the broker and its controller at each other. */
  private void requireLogin(Properties properties) {
    properties.setProperty(
        "listener.security.protocol.map",
        LISTENER + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT");
    properties.setProperty("sasl.enabled.mechanisms", BrokerLogin.MECHANISM);
    properties.setProperty("sasl.mechanism.inter.broker.protocol", BrokerLogin.MECHANISM);
    properties.setProperty("sasl.mechanism.controller.protocol", BrokerLogin.MECHANISM);
    String jaas = BrokerLogin.of(folder).jaas();
    for (String listener : List.of(LISTENER, CONTROLLER)) {
      String prefix =
          "listener.name.%s.%s."
              .formatted(listener, BrokerLogin.MECHANISM)
              .toLowerCase(Locale.ROOT);
      properties.setProperty(prefix + "sasl.jaas.config", jaas);
      properties.setProperty(
          prefix + "sasl.server.callback.handler.class", LoginCheck.class.getName());
    }
  }

  static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }
}
