package io.framewarden.standalone.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.broker.TestBroker;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  @TempDir Path folder;

  @Test
  void keepsRecordsAcrossARestartOnOtherPorts() throws Exception {
    try (EmbeddedBroker broker = started()) {
      KafkaConnection connection = broker.connection();
      new TopicProvisioner(connection).ensure(Topics.all());
      new TopicProvisioner(connection).ensure(Topics.all()); // again: nothing to do
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(new ClientProperties(connection).producer())) {
        producer
            .send(new ProducerRecord<>(Topics.DEAD_LETTERS.name(), 0, null, bytes("kept")))
            .get();
      }
    }
    try (EmbeddedBroker broker = started()) {
      assertEquals("kept", firstRecord(broker.connection()));
    }
  }

  @Test
  void whoDoesNotKnowTheLoginIsNoClient() throws Exception {
    try (EmbeddedBroker broker = started()) {
      KafkaConnection connection = broker.connection();
      String address = connection.bootstrapServers();
      assertRefused(KafkaConnection.embedded(address));
      Map<String, String> guessed = new BrokerLogin("framewarden", "guess").clientProperties();
      assertInstanceOf(
          SaslAuthenticationException.class,
          assertRefused(KafkaConnection.embedded(address, guessed)));
      Map<String, String> another = new BrokerLogin("other", "guess").clientProperties();
      assertInstanceOf(
          SaslAuthenticationException.class,
          assertRefused(KafkaConnection.embedded(address, another)));
      assertControllerRefuses();
    }
    for (String file : List.of("client.properties", "server.properties")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
    }
    Files.setPosixFilePermissions(
        folder.resolve("client.properties"), PosixFilePermissions.fromString("rw-r--r--"));
    var refused = assertThrows(UncheckedIOException.class, () -> new EmbeddedBroker(folder, 0));
    assertTrue(refused.getMessage().contains("may be read by others"), refused.getMessage());
  }

  /** The controller listens too. */
  private void assertControllerRefuses() throws Exception {
    Properties server = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve("server.properties"))) {
      server.load(in);
    }
    String controller = server.getProperty("controller.quorum.voters").replaceAll(".*@", "");
    assertRefused(Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controller));
  }

  private static Throwable assertRefused(KafkaConnection connection) {
    return assertRefused(new ClientProperties(connection).admin());
  }

  private static Throwable assertRefused(Map<String, Object> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    try (Admin admin = Admin.create(properties)) {
      return assertThrows(ExecutionException.class, () -> admin.describeCluster().nodes().get())
          .getCause();
    }
  }

  @Test
  void createsTheDeclaredTopicsWithinThePartitionLimit() throws Exception {
    KafkaConnection connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    try (Admin admin = Admin.create(new ClientProperties(connection).admin())) {
      Set<String> names = admin.listTopics().names().get();
      Topics.all().forEach(topic -> assertTrue(names.contains(topic.name()), topic.name()));
      var frames =
          admin.describeTopics(List.of("face-frames")).allTopicNames().get().get("face-frames");
      assertEquals(2, frames.partitions().size());
    }
  }

  @Test
  void refusesAFolderThatIsInUse() {
    try (EmbeddedBroker broker = started();
        EmbeddedBroker second = new EmbeddedBroker(folder, 0)) {
      IllegalStateException refused = assertThrows(IllegalStateException.class, second::start);
      assertTrue(refused.getMessage().contains("--data-dir"), refused.getMessage());
      assertTrue(broker.health().isReady());
    }
  }

  /** Its port was free when the parent looked, and then it was not. */
  @Test
  void endsWhenItCannotListen() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String controllerPort = Integer.toString(freePort());
      Path log = folder.resolve("err.log");
      Process broker =
          new ProcessBuilder(
                  JavaCommand.of(
                      BrokerMain.class,
                      List.of(),
                      List.of(folder.toString(), port, controllerPort)))
              .redirectError(log.toFile())
              .start();
      assertTrue(broker.waitFor(100, TimeUnit.SECONDS), "it goes on without its port");
      assertEquals(1, broker.exitValue());
      assertTrue(Files.readString(log).contains("Address already in use"));
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerParent.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
    parent.destroyForcibly().waitFor();
    child.onExit().get(60, TimeUnit.SECONDS);
    assertFalse(child.isAlive());
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private EmbeddedBroker started() {
    EmbeddedBroker broker = new EmbeddedBroker(folder, 0);
    broker.start();
    broker.awaitReady();
    return broker;
  }

  private static String firstRecord(KafkaConnection connection) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(new ClientProperties(connection).reader())) {
      consumer.assign(List.of(new TopicPartition(Topics.DEAD_LETTERS.name(), 0)));
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
      while (records.isEmpty()) {
        records = consumer.poll(Duration.ofSeconds(1));
      }
      return new String(records.iterator().next().value(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
