package io.framewarden.runtime.kafka;

import io.framewarden.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates missing topics and waits until every partition has a leader. Producing earlier than that
 * was seen to end in endless OutOfOrderSequence errors (KAFKA-15591).
 */
public final class TopicProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConnection connection;

  public TopicProvisioner(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Makes sure the topics are there and usable.
   *
   * @throws IllegalStateException when the brokers cannot be reached, refuse, or take over a minute
   */
  public void ensure(Collection<? extends Topic<?, ?>> topics) {
    try (Admin admin = Admin.create(new ClientProperties(connection).admin())) {
      ensure(admin, topics);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot create the topics at "
              + connection.bootstrapServers()
              + ": "
              + e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  private void ensure(Admin admin, Collection<? extends Topic<?, ?>> topics)
      throws ExecutionException, InterruptedException {
    try {
      create(admin, missing(admin, topics));
      awaitLeaders(admin, topics.stream().map(Topic::name).toList());
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO); // else it waits a minute for brokers that are not there
      throw e;
    }
  }

  /** Who may not create topics may not try to either, where they are there. */
  private static List<Topic<?, ?>> missing(Admin admin, Collection<? extends Topic<?, ?>> topics)
      throws ExecutionException, InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
    List<Topic<?, ?>> missing = new ArrayList<>();
    for (Topic<?, ?> topic : topics) {
      try {
        described.get(topic.name()).get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        missing.add(topic);
      }
    }
    return missing;
  }

  private void create(Admin admin, Collection<? extends Topic<?, ?>> topics)
      throws ExecutionException, InterruptedException {
    CreateTopicsResult created = admin.createTopics(topics.stream().map(this::newTopic).toList());
    for (Map.Entry<String, KafkaFuture<Void>> each : created.values().entrySet()) {
      try {
        each.getValue().get();
        int partitions = created.numPartitions(each.getKey()).get();
        LOG.info("created topic {} with {} partitions", each.getKey(), partitions);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private NewTopic newTopic(Topic<?, ?> topic) {
    int partitions = Math.min(topic.partitions(), connection.maxPartitions());
    return new NewTopic(topic.name(), partitions, connection.replicationFactor())
        .configs(topic.config());
  }

  private static void awaitLeaders(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!haveLeaders(admin, names)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("topics without a leader after " + TIMEOUT + ": " + names);
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private static boolean haveLeaders(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    try {
      Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
      return topics.values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false; // created, but this broker has not heard of it yet
      }
      throw e;
    }
  }
}
