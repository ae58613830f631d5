package io.framewarden.runtime.command;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.kafka.BrokerMarker;
import io.framewarden.runtime.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The brokers of a command: its option, above the environment. */
public final class BrokerOption {
  @Option(
      names = {"--bootstrap-servers", "--bootstrap", "--broker"},
      paramLabel = "HOST:PORT",
      description =
          "Brokers (default: FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS, else localhost:9092, which is"
              + " where `framewarden serve` runs its own).")
  private String bootstrapServers;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description =
          "Properties of Kafka clients, as for Kafka's own tools (default: those of the"
              + " `framewarden serve` that runs in framewarden-data here,"
              + " DATA/broker/client.properties).")
  private Path commandConfig;

  /**
   * An environment with the options in their place, for commands that read more of it.
   *
   * @throws UserError when the file of properties cannot be read
   */
  public Map<String, String> over(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    if (bootstrapServers != null) {
      variables.put(KafkaConnection.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    properties(variables)
        .forEach(
            (name, value) ->
                variables.putIfAbsent(
                    KafkaConnection.CLIENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_'),
                    value));
    return variables;
  }

  private Map<String, String> properties(Map<String, String> variables) {
    if (commandConfig != null) {
      try {
        return BrokerLogin.clientProperties(commandConfig);
      } catch (IOException e) {
        throw new UserError(
            "--command-config " + commandConfig + ": cannot be read: " + e.getMessage(), e);
      }
    }
    if (variables.keySet().stream().anyMatch(n -> n.startsWith(KafkaConnection.CLIENT_PREFIX))) {
      return Map.of();
    }
    String servers =
        variables.getOrDefault(KafkaConnection.BOOTSTRAP_SERVERS, KafkaConnection.DEFAULT_SERVERS);
    return BrokerLogin.ofServed(Path.of(BrokerMarker.DATA_FOLDER), servers).orElse(Map.of());
  }

  /**
   * The connection, for commands that read nothing else of the environment.
   *
   * @throws InvalidConfigurationException naming every bad or unknown variable of Kafka's
   */
  public KafkaConnection connection() {
    Settings settings = Settings.only(over(System.getenv()), KafkaConnection.PREFIX);
    KafkaConnection connection = KafkaConnection.from(settings);
    settings.check();
    return connection.forCommand();
  }
}
