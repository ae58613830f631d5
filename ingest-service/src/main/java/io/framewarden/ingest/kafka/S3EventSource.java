package io.framewarden.ingest.kafka;

import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.schemas.serde.Codec;
import io.framewarden.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of S3 events. What fails it, other than one message, is waited for: it then begins
 * anew at the message that it did not finish, and never ends the process. Owns its Kafka clients.
 */
final class S3EventSource implements Service {
  /** The consumer group of the S3 events' topic. */
  static final String GROUP = "framewarden-s3-events";

  private static final Logger LOG = LoggerFactory.getLogger(S3EventSource.class);
  private static final String NAME = "s3-events";
  private static final Duration RESTART_INTERVAL = Duration.ofSeconds(10);

  /** Of a topic that is missing; whoever writes the events has mostly made it. */
  private static final int PARTITIONS = 3;

  private final String topic;
  private final KafkaConnection kafka;
  private final S3EventRecordHandler handler;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Worker worker = new Worker(NAME, this::step, this::wakeUp, this::closeClients);

  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private Producer<byte[], byte[]> producer;
  private UploadConsumer records;
  private volatile String failure = "";

  S3EventSource(String topic, KafkaConnection kafka, S3EventRecordHandler handler) {
    this.topic = topic;
    this.kafka = kafka;
    this.handler = handler;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start() {
    worker.start();
  }

  /** Ready also while it waits: everything else goes on. */
  @Override
  public Health health() {
    String why = failure.isEmpty() ? handler.waitsFor() : failure;
    Health health = worker.health();
    return health.isReady() && !why.isEmpty() ? Health.ready("S3 events wait: " + why) : health;
  }

  @Override
  public void close() {
    worker.close();
  }

  private void step() throws InterruptedException {
    try {
      if (records == null) {
        open();
      }
      records.step();
      failure = "";
    } catch (WakeupException e) {
      LOG.debug("woken up to close", e);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failure = e.toString();
      LOG.warn("S3 events of {} are read anew in {}", topic, RESTART_INTERVAL, e);
      closeClients();
      closing.await(RESTART_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void open() {
    new TopicProvisioner(kafka)
        .ensure(List.of(new Topic<>(topic, Codec.bytes(), Codec.bytes(), PARTITIONS, Map.of())));
    producer = new KafkaProducer<>(new ClientProperties(kafka).producer());
    Map<String, Object> properties = new ClientProperties(kafka).consumer(GROUP);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    consumer = new KafkaConsumer<>(properties);
    RecordPublisher publisher = new RecordPublisher(producer);
    records =
        new UploadConsumer(
            NAME,
            topic,
            consumer,
            record -> {
              handler.handle(record, publisher);
              return HandlingResult.NOTHING;
            },
            OffsetCommit.alone(),
            key -> false,
            new ShutdownGrace(Duration.ZERO),
            UploadConsumer.Retries.NONE);
    if (closing.getCount() == 0) {
      consumer.wakeup();
    }
  }

  private void wakeUp() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }

  /** As far as they were opened. */
  private void closeClients() {
    if (records != null) {
      records.close();
    } else if (consumer != null) {
      consumer.close();
    }
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    records = null;
    consumer = null;
    producer = null;
  }
}
