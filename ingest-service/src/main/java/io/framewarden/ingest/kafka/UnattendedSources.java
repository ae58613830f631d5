package io.framewarden.ingest.kafka;

import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.sources.FolderPoller;
import io.framewarden.ingest.sources.S3EventHandler;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.schemas.serde.Codec;
import io.framewarden.schemas.topic.Topic;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The ways in that nobody answers to, as far as they are configured: a watched folder, and a topic
 * of S3 events. They wait until the earlier videos are known, so that what comes again is not
 * judged twice. Owns the fetcher.
 */
public final class UnattendedSources implements Service {
  /** The consumer group of the S3 events' topic. */
  public static final String GROUP = "framewarden-s3-events";

  private static final long LOOK_MILLIS = 1000;

  /** Of a topic that is missing; whoever writes the events has mostly made it. */
  private static final int PARTITIONS = 3;

  private final SourcesConfig config;
  private final KafkaConnection kafka;
  private final VideoFetcher fetcher;
  private final SubmissionService desk;
  private final BooleanSupplier ready;
  private final CollectorRegistry registry;
  private final ServiceGroup services;

  /**
   * @param ready whether earlier videos are known
   * @throws IOException when the watched folder cannot be used
   */
  public UnattendedSources(
      SourcesConfig config,
      KafkaConnection kafka,
      VideoFetcher fetcher,
      SubmissionService desk,
      BooleanSupplier ready,
      CollectorRegistry registry)
      throws IOException {
    this.config = config;
    this.kafka = kafka;
    this.fetcher = fetcher;
    this.desk = desk;
    this.ready = ready;
    this.registry = registry;
    List<Service> open = new ArrayList<>();
    if (config.watched().isPresent()) {
      open.add(watching(config.watched().get()));
    }
    if (!config.eventsTopic().isEmpty()) {
      open.add(events(config.eventsTopic()));
    }
    this.services = new ServiceGroup("inbox", open);
  }

  @Override
  public String name() {
    return "inbox";
  }

  /** Makes sure the events' topic exists, and starts what is configured. */
  @Override
  public void start() {
    if (!config.eventsTopic().isEmpty()) {
      new TopicProvisioner(kafka)
          .ensure(
              List.of(
                  new Topic<>(
                      config.eventsTopic(), Codec.bytes(), Codec.bytes(), PARTITIONS, Map.of())));
    }
    services.start();
  }

  @Override
  public Health health() {
    return services.health();
  }

  @Override
  public void close() {
    services.close();
    fetcher.close();
  }

  @SuppressWarnings("WaitNotInLoop") // waking early means looking early
  private Worker watching(Path folder) throws IOException {
    FolderPoller watched = new FolderPoller(folder, config.settled(), desk, System::nanoTime);
    AtomicBoolean closing = new AtomicBoolean();
    Object bell = new Object();
    return new Worker(
        "watched-folder",
        () -> {
          if (ready.getAsBoolean()) {
            watched.look(closing::get);
          }
          synchronized (bell) {
            if (!closing.get()) {
              bell.wait(LOOK_MILLIS);
            }
          }
        },
        () -> {
          synchronized (bell) {
            closing.set(true);
            bell.notifyAll();
          }
        },
        () -> {});
  }

  private Worker events(String topic) {
    Map<String, Object> properties = new ClientProperties(kafka).consumer(GROUP);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties);
    Producer<byte[], byte[]> producer = new KafkaProducer<>(new ClientProperties(kafka).producer());
    S3EventRecordHandler handler =
        new S3EventRecordHandler(
            new S3EventHandler(fetcher, desk)::take,
            new RecordPublisher(producer),
            new DeadLetters(registry),
            ready,
            S3EventRecordHandler.PAUSE);
    UploadConsumer records =
        new UploadConsumer(
            "s3-events",
            topic,
            consumer,
            record -> {
              handler.handle(record);
              return HandlingResult.NOTHING;
            },
            OffsetCommit.alone(),
            key -> false,
            new ShutdownGrace(Duration.ZERO));
    return new Worker(
        "s3-events",
        records::step,
        consumer::wakeup,
        () -> {
          records.close();
          producer.close();
        });
  }
}
