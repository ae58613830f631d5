package io.framewarden.testkit.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.utils.Time;

/**
 * One real broker for all tests of a JVM, inside that JVM: started when it is first asked for,
 * ended with the JVM. Starting one costs seconds; emptying it costs a fraction of one. Tests of a
 * broker that is killed or restarted have one of their own.
 */
public final class TestBroker {
  private static final String LOCALHOST = "127.0.0.1";
  private static final int MAX_RECORD_BYTES = 8 << 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private static String servers;

  private TestBroker() {}

  /** host:port for clients; the topics of tests before are still there. */
  public static synchronized String bootstrapServers() {
    if (servers == null) {
      try {
        servers = start(Files.createTempDirectory("test-broker"), Map.of());
      } catch (IOException e) {
        throw new UncheckedIOException("the test broker did not start", e);
      }
    }
    return servers;
  }

  /**
   * host:port for clients, without any topic or group, and without an open transaction. Members and
   * producers of tests before that were killed are forgotten too: nobody waits for their timeouts.
   */
  public static synchronized String empty() {
    String bootstrap = bootstrapServers();
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      fenceProducers(admin);
      deleteGroups(admin);
      deleteTopics(admin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the test broker was emptied", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the test broker was not emptied", e);
    }
    return bootstrap;
  }

  /**
   * A broker of its own with access lists, to which clients log in by SASL PLAIN; it ends with the
   * JVM.
   *
   * @param users passwords by name
   * @param superUser who may do everything, one of the users
   * @return host:port for clients
   */
  public static String secured(Map<String, String> users, String superUser) throws IOException {
    String jaas =
        users.entrySet().stream()
            .map(each -> " user_%s=\"%s\"".formatted(each.getKey(), each.getValue()))
            .collect(
                Collectors.joining(
                    "", "org.apache.kafka.common.security.plain.PlainLoginModule required", ";"));
    return start(
        Files.createTempDirectory("secured-broker"),
        Map.of(
            "listener.security.protocol.map",
            "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms",
            "PLAIN",
            "sasl.mechanism.inter.broker.protocol",
            "PLAIN",
            "listener.name.plaintext.plain.sasl.jaas.config",
            jaas.replace(
                "required",
                "required username=\"%s\" password=\"%s\""
                    .formatted(superUser, users.get(superUser))),
            "authorizer.class.name",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users",
            "User:" + superUser + ";User:ANONYMOUS"));
  }

  /** Aborts what producers that are gone left open: readers would wait at it. */
  private static void fenceProducers(Admin admin) throws InterruptedException, ExecutionException {
    List<String> open =
        admin.listTransactions().all().get().stream()
            .filter(each -> each.state() == TransactionState.ONGOING)
            .map(TransactionListing::transactionalId)
            .toList();
    if (!open.isEmpty()) {
      admin.fenceProducers(open).all().get();
    }
  }

  private static void deleteGroups(Admin admin) throws InterruptedException, ExecutionException {
    for (GroupListing group : admin.listGroups().all().get()) {
      try {
        if (group.groupState().filter(GroupState.EMPTY::equals).isEmpty()) {
          removeMembers(admin, group.groupId());
        }
        admin.deleteConsumerGroups(List.of(group.groupId())).all().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof GroupIdNotFoundException)) {
          throw e;
        }
      }
    }
  }

  /** Members of processes that were killed are members until their sessions time out. */
  private static void removeMembers(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    admin
        .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
        .all()
        .get();
  }

  /** Deletion is asynchronous: waits until the broker does not show them any more. */
  private static void deleteTopics(Admin admin) throws InterruptedException, ExecutionException {
    admin.deleteTopics(admin.listTopics().names().get()).all().get();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!admin.listTopics().names().get().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the test broker keeps its topics");
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private static String start(Path folder, Map<String, String> more) throws IOException {
    int port = freePort();
    Path properties = folder.resolve("server.properties");
    try (Writer out = Files.newBufferedWriter(properties)) {
      Properties all = properties(folder, port, freePort());
      all.putAll(more);
      all.store(out, null);
    }
    int status =
        StorageTool.execute(
            new String[] {
              "format",
              "--ignore-formatted",
              "-t",
              Uuid.randomUuid().toString(),
              "-c",
              properties.toString()
            },
            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IOException("formatting the storage ended with status " + status);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(load(properties), false), Time.SYSTEM);
    server.startup();
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "test-broker-shutdown"));
    return LOCALHOST + ":" + port;
  }

  private static Properties properties(Path folder, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@" + LOCALHOST + ":" + controllerPort);
    properties.setProperty(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
            .formatted(LOCALHOST, port, LOCALHOST, controllerPort));
    properties.setProperty("advertised.listeners", "PLAINTEXT://" + LOCALHOST + ":" + port);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
    properties.setProperty("log.dirs", folder.resolve("kafka").toString());
    properties.setProperty("message.max.bytes", Integer.toString(MAX_RECORD_BYTES));
    // What a topic is told to retain is kept to at once.
    properties.setProperty("log.retention.check.interval.ms", "1000");
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      properties.setProperty(topic + ".replication.factor", "1");
      properties.setProperty(topic + ".num.partitions", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    return properties;
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
