package io.framewarden.runtime.kafka;

import io.framewarden.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds out soon, and in words, that brokers or a topic are not there. */
public final class BrokerProbe {
  /** Somebody listens there: a machine under load takes its time. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private BrokerProbe() {}

  /**
   * @throws IllegalStateException when no broker answers in time, or the topic is missing; the
   *     message says what to do
   */
  public static void requireTopic(KafkaConnection connection, Topic<?, ?> topic) {
    requireTopic(connection, topic, TIMEOUT);
  }

  static void requireTopic(KafkaConnection connection, Topic<?, ?> topic, Duration timeout) {
    require(
        connection,
        topic,
        timeout,
        admin -> admin.describeTopics(List.of(topic.name())).allTopicNames());
  }

  /**
   * As {@link #requireTopic}, for who makes the topic where it is missing.
   *
   * @throws IllegalStateException when no broker answers in time
   */
  public static void requireBroker(KafkaConnection connection, Topic<?, ?> topic) {
    require(connection, topic, TIMEOUT, admin -> admin.describeCluster().clusterId());
  }

  private static void require(
      KafkaConnection connection,
      Topic<?, ?> topic,
      Duration timeout,
      Function<Admin, KafkaFuture<?>> question) {
    BrokerDiagnosis diagnosis =
        new BrokerDiagnosis(
            connection.bootstrapServers(),
            KafkaConnection.DEFAULT_SERVERS,
            Path.of(BrokerMarker.DATA_FOLDER));
    diagnosis
        .unreachable()
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
    Map<String, Object> properties = new ClientProperties(connection).admin();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    try (Admin admin = Admin.create(properties)) {
      question.apply(admin).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(explain(connection, topic, e.getCause(), diagnosis), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for " + topic.name(), e);
    }
  }

  private static String explain(
      KafkaConnection connection, Topic<?, ?> topic, Throwable cause, BrokerDiagnosis diagnosis) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return diagnosis.missing(topic.name());
    }
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      return "the brokers at %s refuse this client: %s; correct %s..."
          .formatted(
              connection.bootstrapServers(), cause.getMessage(), KafkaConnection.CLIENT_PREFIX);
    }
    return diagnosis.silent();
  }
}
