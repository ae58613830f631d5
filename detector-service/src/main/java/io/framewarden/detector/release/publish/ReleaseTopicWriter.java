package io.framewarden.detector.release.publish;

import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicFollower;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ModelRelease;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Reads and writes the topic of releases. Safe for several threads. */
public final class ReleaseTopicWriter {
  private final KafkaConnection connection;

  public ReleaseTopicWriter(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Reads what was released so far.
   *
   * @param trust whose releases count
   * @throws IllegalStateException when the topic cannot be made or read
   */
  public ReleaseHistory read(ReleaseTrust trust) throws InterruptedException {
    new TopicProvisioner(connection).ensure(List.of(Topics.MODEL_RELEASES));
    ReleaseHistory history = new ReleaseHistory(trust);
    try (TopicFollower<String, ModelRelease> follower =
        new TopicFollower<>(
            connection,
            Topics.MODEL_RELEASES,
            (key, event) -> {
              if (event != null) {
                history.add(event);
              }
            })) {
      follower.start();
      follower.awaitCaughtUp();
      if (follower.health().isFailed()) {
        throw new IllegalStateException(follower.health().detail());
      }
    }
    return history;
  }

  /**
   * Writes events, all or none: a rollback that only retired would leave nothing active.
   *
   * @throws org.apache.kafka.common.KafkaException when the brokers do not take them
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails when a record does
  public void write(List<ModelRelease> events) {
    String id = "framewarden-release-" + UUID.randomUUID();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(connection).transactionalProducer(id))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (ModelRelease event : events) {
        producer.send(
            new ProducerRecord<>(
                Topics.MODEL_RELEASES.name(),
                Topics.MODEL_RELEASES.key().encode(ReleaseHistory.keyOf(event)),
                Topics.MODEL_RELEASES.value().encode(event)));
      }
      producer.commitTransaction();
    }
  }
}
