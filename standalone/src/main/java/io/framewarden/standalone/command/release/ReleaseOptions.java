package io.framewarden.standalone.command.release;

import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.publish.ReleaseCommands;
import io.framewarden.detector.release.publish.ReleaseTopicWriter;
import io.framewarden.runtime.command.BrokerOption;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.kafka.BrokerProbe;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;

/** What every release command needs: the brokers, the log of releases, and words for events. */
public final class ReleaseOptions {
  @Mixin private BrokerOption brokers;

  /** What a command does with the releases so far: the events to write. */
  @FunctionalInterface
  interface Change {
    List<ModelRelease> on(ReleaseCommands desk) throws IOException;
  }

  /** Reads the log, makes the change, writes its events and tells of them. */
  void change(PrintWriter out, Change change) throws InterruptedException, IOException {
    KafkaConnection connection = connection();
    ReleaseHistory history = history(connection);
    List<ModelRelease> events;
    try {
      events = change.on(new ReleaseCommands(history));
    } catch (IllegalArgumentException | InvalidArtifactException e) {
      throw new UserError(e.getMessage());
    }
    if (!events.isEmpty()) {
      new ReleaseTopicWriter(connection).write(events);
    }
    events.forEach(event -> out.println(line(event)));
    out.flush();
  }

  KafkaConnection connection() {
    return brokers.connection();
  }

  static ReleaseHistory history(KafkaConnection connection) throws InterruptedException {
    BrokerProbe.requireBroker(connection, Topics.MODEL_RELEASES);
    return new ReleaseTopicWriter(connection).read();
  }

  public static String line(ModelRelease event) {
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
