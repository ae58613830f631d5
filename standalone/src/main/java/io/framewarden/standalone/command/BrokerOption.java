package io.framewarden.standalone.command;

import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.ingest.publish.IngestConfig;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The brokers of a command: its option, above the environment. */
final class BrokerOption {
  @Option(
      names = {"--bootstrap-servers", "--bootstrap", "--broker"},
      paramLabel = "HOST:PORT",
      description =
          "Brokers (default: FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS, else localhost:9092, which is"
              + " where `framewarden serve` runs its own).")
  private String bootstrapServers;

  /** An environment with the option in its place, for commands that read more of it. */
  Map<String, String> over(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    if (bootstrapServers != null) {
      variables.put(KafkaConnection.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    return variables;
  }

  /**
   * The connection, for commands that read nothing else of the environment.
   *
   * @throws InvalidConfigurationException naming every bad variable of Kafka's and every unknown
   */
  KafkaConnection connection() {
    Settings settings = new Settings(over(System.getenv()));
    KafkaConnection connection = KafkaConnection.from(settings);
    settings.tolerate(StandaloneConfig::readWhatOthersRead);
    settings.tolerate(IngestConfig::from);
    settings.tolerate(ScorerConfig::from);
    settings.tolerate(VerdictConfig::from);
    settings.check();
    return connection;
  }
}
