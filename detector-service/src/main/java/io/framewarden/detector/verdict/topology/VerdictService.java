package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topics;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the verdict topology. It is ready once Kafka Streams runs with its stores restored. A stream
 * thread that dies of a transient broker error is replaced; any other exception fails the service.
 * Nothing is lost by that: what was not committed is processed again at the next start. Started and
 * closed by one thread; health is safe to ask from any.
 */
public final class VerdictService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(VerdictService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final VerdictConfig config;
  private final KafkaConnection connection;
  private final DeadLetters deadLetters;
  private final VerdictMetrics metrics;
  private volatile String waitsFor = "not started";
  private volatile KafkaStreams streams;
  private volatile Throwable fatal;

  /** Registers its metrics; a registry takes one verdict service. */
  public VerdictService(
      VerdictConfig config, KafkaConnection connection, CollectorRegistry registry) {
    this.config = config;
    this.connection = connection;
    this.deadLetters = new DeadLetters(registry);
    this.metrics = new VerdictMetrics(registry);
  }

  @Override
  public String name() {
    return "verdicts";
  }

  /** Creates the topics that are missing, and starts the stream threads. */
  @Override
  public void start() {
    waitsFor = "waiting for Kafka at " + connection.bootstrapServers();
    new TopicProvisioner(connection)
        .ensure(
            List.of(
                Topics.VIDEO_MARKERS,
                Topics.FRAME_SCORES,
                Topics.RESCORE_REQUESTS,
                Topics.VERDICTS,
                Topics.DEAD_LETTERS));
    LOG.info("verdict policy {} digest {}", config.policy().version(), config.policy().digest());
    LOG.debug("the policy's text:\n{}", config.policy().canonicalText());
    streams =
        new KafkaStreams(
            VerdictTopology.build(config, deadLetters, metrics),
            StreamsProperties.of(config, connection));
    streams.setUncaughtExceptionHandler(this::onUncaughtException);
    streams.start();
  }

  @Override
  public Health health() {
    if (fatal != null) {
      return Health.failed(String.valueOf(fatal.getMessage()));
    }
    KafkaStreams current = streams;
    if (current == null) {
      return Health.starting(waitsFor);
    }
    return switch (current.state()) {
      case RUNNING -> Health.ready();
      case CREATED, REBALANCING -> Health.starting("Kafka Streams is " + current.state());
      case PENDING_SHUTDOWN, NOT_RUNNING -> Health.starting("closed");
      case PENDING_ERROR, ERROR -> Health.failed("Kafka Streams is " + current.state());
    };
  }

  /** Leaves the group, so that a restart or another instance takes over at once. */
  @Override
  public void close() {
    KafkaStreams current = streams;
    if (current != null
        && !current.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP))) {
      LOG.warn("Kafka Streams did not stop within {}", CLOSE_TIMEOUT);
    }
  }

  private StreamThreadExceptionResponse onUncaughtException(Throwable problem) {
    if (isTransient(problem)) {
      LOG.warn("a stream thread died of a transient error and is replaced", problem);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("a stream thread died; the verdict service fails", problem);
    fatal = problem;
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  static boolean isTransient(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException || cause instanceof TransactionAbortedException) {
        return true;
      }
    }
    return false;
  }
}
