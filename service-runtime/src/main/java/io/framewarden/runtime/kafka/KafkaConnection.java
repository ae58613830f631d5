package io.framewarden.runtime.kafka;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

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

  /** What the names of all variables of Kafka's begin with. */
  public static final String PREFIX = "FRAMEWARDEN_KAFKA_";

  @ConfigDescription("Brokers, as host:port, comma separated.")
  public static final String BOOTSTRAP_SERVERS = "FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS";

  @ConfigDescription("Replication factor of topics that this process creates.")
  public static final String REPLICATION_FACTOR = "FRAMEWARDEN_KAFKA_REPLICATION_FACTOR";

  @ConfigDescription(
      "The most partitions of a topic that this process creates; a small cluster lowers it.")
  public static final String MAX_PARTITIONS = "FRAMEWARDEN_KAFKA_MAX_PARTITIONS";

  @ConfigDescription(
      "Any property of every Kafka client: ..._SECURITY_PROTOCOL sets security.protocol. Values are"
          + " never logged.")
  public static final String CLIENT_PREFIX = "FRAMEWARDEN_KAFKA_CLIENT_";

  /** Where {@code framewarden serve} runs its broker, and commands look for one. */
  public static final String DEFAULT_SERVERS = "localhost:9092";

  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,]+:[0-9]{1,5}(\\s*,\\s*[^\\s,]+:[0-9]{1,5})*");

  /** Of all clients: of admin and consumer, of a producer's calls, and of what it sends. */
  private static final List<String> COMMAND_TIMEOUTS =
      List.of("default.api.timeout.ms", "max.block.ms", "delivery.timeout.ms");

  private static final String COMMAND_TIMEOUT_MS = "600000";

  public KafkaConnection {
    clientProperties = Map.copyOf(clientProperties);
  }

  public static KafkaConnection from(Settings settings) {
    String servers = settings.text(BOOTSTRAP_SERVERS, DEFAULT_SERVERS);
    if (!SERVERS.matcher(servers).matches()) {
      settings.problem(
          BOOTSTRAP_SERVERS + " is " + servers + ", which is not host:port[,host:port...]");
    }
    Map<String, String> properties = new TreeMap<>();
    settings
        .withPrefix(CLIENT_PREFIX)
        .forEach((name, value) -> properties.put(name.replace('_', '.'), value));
    return new KafkaConnection(
        servers,
        (short) settings.integer(REPLICATION_FACTOR, 1, 1, 10),
        settings.integer(MAX_PARTITIONS, 1000, 1, 1000),
        properties);
  }

  /** For the log: the client properties by name only, since some are keys and passwords. */
  @Override
  public String toString() {
    return bootstrapServers + " with client properties " + new TreeSet<>(clientProperties.keySet());
  }

  /**
   * The same for a command that a person waits for: as long as brokers answer, however slowly, it
   * goes on for minutes where a service's clients give up after one and are started again. A
   * property that was set by hand stays.
   */
  public KafkaConnection forCommand() {
    Map<String, String> properties = new TreeMap<>();
    COMMAND_TIMEOUTS.forEach(name -> properties.put(name, COMMAND_TIMEOUT_MS));
    properties.putAll(clientProperties);
    return new KafkaConnection(bootstrapServers, replicationFactor, maxPartitions, properties);
  }

  /** A small broker of one node without a login, as tests run it. */
  public static KafkaConnection embedded(String bootstrapServers) {
    return embedded(bootstrapServers, Map.of());
  }

  /**
   * A small broker of one node, as the embedded default.
   *
   * @param clientProperties by which clients log in
   */
  public static KafkaConnection embedded(
      String bootstrapServers, Map<String, String> clientProperties) {
    return new KafkaConnection(bootstrapServers, (short) 1, 2, clientProperties);
  }
}
