package io.framewarden.standalone.command;

import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.publish.ReleaseDesk;
import io.framewarden.detector.release.publish.ReleaseLog;
import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.ingest.publish.IngestConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every release command needs: the brokers, the log of releases, and words for events. */
final class ReleaseOptions {
  @Option(
      names = {"--broker", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description = "Brokers (default: FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS, else localhost:9092).")
  private String bootstrapServers;

  /** What a command does with the releases so far: the events to write. */
  @FunctionalInterface
  interface Change {
    List<ModelRelease> on(ReleaseDesk desk) throws IOException;
  }

  /** Reads the log, makes the change, writes its events and tells of them. */
  void change(PrintWriter out, Change change) throws InterruptedException, IOException {
    KafkaConnection connection = connection();
    ReleaseHistory history = history(connection);
    List<ModelRelease> events;
    try {
      events = change.on(new ReleaseDesk(history));
    } catch (IllegalArgumentException | InvalidArtifactException e) {
      throw new UserError(e.getMessage());
    }
    if (!events.isEmpty()) {
      new ReleaseLog(connection).write(events);
    }
    events.forEach(event -> out.println(line(event)));
    out.flush();
  }

  KafkaConnection connection() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    if (bootstrapServers != null) {
      variables.put(KafkaConnection.BOOTSTRAP_SERVERS, bootstrapServers);
    }
    Settings settings = new Settings(variables);
    KafkaConnection connection = KafkaConnection.from(settings);
    settings.tolerate(StandaloneConfig::readWhatOthersRead);
    settings.tolerate(IngestConfig::from);
    settings.tolerate(ScorerConfig::from);
    settings.tolerate(VerdictConfig::from);
    settings.check();
    return connection;
  }

  static ReleaseHistory history(KafkaConnection connection) throws InterruptedException {
    BrokerProbe.requireBroker(connection, Topics.MODEL_RELEASES);
    return new ReleaseLog(connection).read();
  }

  static String line(ModelRelease event) {
    return VisibleText.of(
        "%s %s (%s) is now %s"
            .formatted(
                event.getModelName(), event.getVersion(), event.getModelDigest(), stage(event)));
  }

  static String stage(ModelRelease event) {
    String stage = event.getStage().name().toLowerCase(Locale.ROOT);
    return event.getShare() > 0 ? stage + " for a share of " + event.getShare() : stage;
  }
}
