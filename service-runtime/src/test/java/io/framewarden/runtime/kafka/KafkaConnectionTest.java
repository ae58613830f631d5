package io.framewarden.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {
  private static final String SERVERS = "FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS";

  @Test
  void defaultsAndNamesArePinned() {
    Settings settings = new Settings(Map.of());
    assertEquals(
        new KafkaConnection("localhost:9092", (short) 1, 1000, Map.of()),
        KafkaConnection.from(settings));
    assertEquals(
        Map.of(
            SERVERS,
            "localhost:9092",
            "FRAMEWARDEN_KAFKA_REPLICATION_FACTOR",
            "1",
            "FRAMEWARDEN_KAFKA_MAX_PARTITIONS",
            "1000"),
        settings.used());
  }

  @Test
  void theEmbeddedBrokerHasOneReplicaAndFewPartitions() {
    assertEquals(
        new KafkaConnection("localhost:1", (short) 1, 2, Map.of()),
        KafkaConnection.embedded("localhost:1"));
  }

  @Test
  void clientVariablesBecomeClientProperties() {
    Settings settings =
        new Settings(
            Map.of(
                "FRAMEWARDEN_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL",
                "FRAMEWARDEN_KAFKA_CLIENT_SASL_JAAS_CONFIG", "login password=\"hunter2\";"));
    KafkaConnection connection = KafkaConnection.from(settings);
    assertEquals(
        Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "login password=\"hunter2\";"),
        connection.clientProperties());
    assertDoesNotThrow(settings::check);
    assertFalse(connection.toString().contains("hunter2"), "secrets in the log");
    assertFalse(settings.used().toString().contains("hunter2"), "secrets in the log");
    assertTrue(connection.toString().contains("sasl.jaas.config"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:1", "a:1,b:2", "a:1 , b:2", "[::1]:9092", "broker-0.kafka.svc:9092"})
  void serversAreHostAndPort(String servers) {
    Settings settings = new Settings(Map.of(SERVERS, servers));
    assertEquals(servers, KafkaConnection.from(settings).bootstrapServers());
    assertDoesNotThrow(settings::check);
  }

  @Test
  void aCommandsClientsWaitForMinutesUnlessTheyAreToldOtherwise() {
    KafkaConnection service =
        new KafkaConnection("a:1", (short) 3, 7, Map.of("max.block.ms", "5", "client.id", "me"));
    KafkaConnection command = service.forCommand();
    assertEquals(
        Map.of(
            "default.api.timeout.ms", "600000",
            "max.block.ms", "5",
            "delivery.timeout.ms", "600000",
            "client.id", "me"),
        command.clientProperties());
    assertEquals("a:1", command.bootstrapServers());
    assertEquals(3, command.replicationFactor());
    assertEquals(7, command.maxPartitions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "a:1,", ",a:1", "a:port", "a:1 b:2"})
  void otherServersAreRefusedBeforeAnyClientIsMade(String servers) {
    Settings settings = new Settings(Map.of(SERVERS, servers));
    KafkaConnection.from(settings);
    String message =
        assertThrows(InvalidConfigurationException.class, settings::check).getMessage();
    assertTrue(message.contains(SERVERS + " is " + servers), message);
  }
}
