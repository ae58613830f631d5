package io.framewarden.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerDiagnosisTest {
  @TempDir Path folder;
  private Path data;
  private ServerSocket listener;
  private String somebody;
  private String nobody;

  @BeforeEach
  void listen() throws IOException {
    data = folder.resolve("framewarden-data");
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    somebody = "127.0.0.1:" + listener.getLocalPort();
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + closed.getLocalPort();
    }
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @Test
  void withoutAnythingTheRemedyIsToServe() {
    assertUnreachable("that is where `framewarden serve` runs its own: start it, or name");
  }

  @Test
  void aFolderThatNobodyServesIsNamed() throws IOException {
    Files.createDirectories(data);
    assertUnreachable(data + " is not served now: start `framewarden serve`");
    hold(somebody).close();
    assertUnreachable(data + " is not served now");
  }

  @Test
  void aBrokerThatIsStartingIsWaitedFor() throws IOException {
    try (BrokerMarker starting = hold(nobody)) {
      assertUnreachable("`framewarden serve` is starting in " + data + ": try again");
    }
    try (BrokerMarker justLocked = hold("")) {
      assertUnreachable("`framewarden serve` is starting in " + data);
    }
  }

  @Test
  void aGivenBrokerThatIsTheOwnOneStartingIsWaitedForToo() throws IOException {
    try (BrokerMarker starting = hold(nobody)) {
      BrokerDiagnosis given = new BrokerDiagnosis(nobody, "localhost:9092", data);
      String problem = given.unreachable().orElseThrow();
      assertTrue(problem.contains("`framewarden serve` is starting in " + data), problem);
    }
  }

  @Test
  void aBrokerElsewhereOnTheSamePortIsNotTakenForTheOwnOne() throws IOException {
    try (BrokerMarker served = hold(somebody)) {
      String port = somebody.substring(somebody.indexOf(':'));
      String problem = diagnosis("no-such-host.invalid" + port).unreachable().orElseThrow();
      assertFalse(problem.contains("is starting"), problem);
      assertTrue(problem.contains("start it, or name other brokers"), problem);
    }
  }

  @Test
  void aBrokerOnAnotherPortIsNamed() throws IOException {
    try (BrokerMarker served = hold(somebody)) {
      assertUnreachable("broker at " + somebody + ": add --bootstrap-servers " + somebody);
    }
  }

  @Test
  void whatIsWrongWithEachGivenAddressIsTold() {
    String servers = nobody + ", no-such-host.invalid:9092, 127.0.0.1:99999";
    String problem = diagnosis(servers).unreachable().orElseThrow();
    assertTrue(problem.contains(nobody + " (nobody listens)"), problem);
    assertTrue(problem.contains("no-such-host.invalid:9092 (no such host)"), problem);
    assertTrue(problem.contains("127.0.0.1:99999 (no such port)"), problem);
    assertTrue(problem.contains("--bootstrap-servers"), problem);
    assertEquals(Optional.empty(), diagnosis(nobody + "," + somebody).unreachable());
  }

  @Test
  void whatListensWithoutAnAnswerMayBeTheOwnBrokerThatIsStarting() throws IOException {
    assertSilent("does not answer as a Kafka broker");
    try (BrokerMarker starting = hold(somebody)) {
      assertSilent("`framewarden serve` is starting");
    }
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        BrokerMarker served = hold("127.0.0.1:" + other.getLocalPort())) {
      assertSilent("add --bootstrap-servers 127.0.0.1:" + other.getLocalPort());
    }
  }

  @Test
  void aTopicThatTheOwnBrokerDoesNotHaveYetIsWaitedFor() throws IOException {
    String missing = "the brokers at " + somebody + " have no topic verdicts; ";
    assertEquals(
        missing + "a running framewarden makes it", diagnosis(somebody).missing("verdicts"));
    try (BrokerMarker starting = hold(somebody)) {
      String problem = diagnosis(somebody).missing("verdicts");
      assertTrue(problem.startsWith(missing + "`framewarden serve` is starting"), problem);
    }
  }

  @Test
  void oneProcessAtATimeHoldsAFolder() throws IOException {
    try (BrokerMarker first = hold(somebody)) {
      assertTrue(BrokerMarker.tryHold(data.resolve("broker"), nobody).isEmpty());
      assertEquals(Optional.of(somebody), BrokerMarker.addressIn(data));
    }
  }

  @Test
  void aProgramThatIsNoBrokerIsTold() {
    KafkaConnection connection = KafkaConnection.embedded(somebody);
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> BrokerProbe.requireTopic(connection, Topics.VERDICTS, Duration.ofSeconds(1)));
    assertTrue(
        failure.getMessage().contains("what listens at " + somebody + " does not answer"),
        failure.getMessage());
  }

  private void assertUnreachable(String told) {
    String problem = diagnosis(nobody).unreachable().orElseThrow();
    assertTrue(problem.startsWith("no broker is at " + nobody + " (nobody listens); "), problem);
    assertTrue(problem.contains(told), problem);
  }

  private void assertSilent(String told) {
    String problem = diagnosis(somebody).silent();
    assertTrue(problem.contains(told), problem);
  }

  /** Of a command that was told of no brokers, or of these; the default is where nobody listens. */
  private BrokerDiagnosis diagnosis(String servers) {
    return new BrokerDiagnosis(servers, nobody, data);
  }

  private BrokerMarker hold(String address) throws IOException {
    Path broker = Files.createDirectories(data.resolve("broker"));
    return BrokerMarker.tryHold(broker, address).orElseThrow();
  }
}
