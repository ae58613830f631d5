package io.framewarden.runtime.command;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.KafkaConnection;
import java.util.HashMap;
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

  /** An environment with the option in its place, for commands that read more of it. */
  public Map<String, String> over(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    if (bootstrapServers != null) {
      variables.put(KafkaConnection.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    return variables;
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
