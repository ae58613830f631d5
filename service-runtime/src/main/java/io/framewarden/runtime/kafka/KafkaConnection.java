package io.framewarden.runtime.kafka;

import io.framewarden.runtime.config.Settings;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach the brokers.
 *
 * @param bootstrapServers host:port, comma separated
 * @param replicationFactor of topics that this process creates
 * @param maxPartitions the most partitions of a topic that this process creates; a small
 *     installation lowers it
 * @param clientProperties further properties of every client, e.g. for TLS and SASL
 */
public record KafkaConnection(
    String bootstrapServers,
    short replicationFactor,
    int maxPartitions,
    Map<String, String> clientProperties) {

  public static final String BOOTSTRAP_SERVERS = "FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS";
  public static final String REPLICATION_FACTOR = "FRAMEWARDEN_KAFKA_REPLICATION_FACTOR";
  public static final String MAX_PARTITIONS = "FRAMEWARDEN_KAFKA_MAX_PARTITIONS";

  /** FRAMEWARDEN_KAFKA_CLIENT_SECURITY_PROTOCOL becomes security.protocol. */
  public static final String CLIENT_PREFIX = "FRAMEWARDEN_KAFKA_CLIENT_";

  public KafkaConnection {
    clientProperties = Map.copyOf(clientProperties);
  }

  public static KafkaConnection from(Settings settings) {
    Map<String, String> properties = new TreeMap<>();
    settings
        .withPrefix(CLIENT_PREFIX)
        .forEach((name, value) -> properties.put(name.replace('_', '.'), value));
    return new KafkaConnection(
        settings.text(BOOTSTRAP_SERVERS, "localhost:9092"),
        (short) settings.integer(REPLICATION_FACTOR, 1, 1, 10),
        settings.integer(MAX_PARTITIONS, 1000, 1, 1000),
        properties);
  }

  /** A small broker of one node, as the embedded default and the tests run it. */
  public static KafkaConnection embedded(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, (short) 1, 2, Map.of());
  }
}
