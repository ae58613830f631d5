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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The sources of videos without a client that waits for an answer, as far as they are configured: a
 * watched folder, and a topic of S3 events. They wait until the earlier videos are known, so that
 * what comes again is not judged twice. Does not own the fetcher.
 */
public final class UnattendedSources implements Service {
  /** The consumer group of the S3 events' topic. */
  public static final String GROUP = "framewarden-s3-events";

  private static final String NAME = "unattended sources";
  private static final long POLL_INTERVAL_MILLIS = 1000;

  /** Of a topic that is missing; whoever writes the events has mostly made it. */
  private static final int PARTITIONS = 3;

  private final SourcesConfig config;
  private final KafkaConnection kafka;
  private final VideoFetcher fetcher;
  private final SubmissionService submissions;
  private final BooleanSupplier ready;
  private final CollectorRegistry registry;
  private final List<Service> folders;
  private volatile ServiceGroup running = new ServiceGroup(NAME, List.of());

  /**
   * @param ready whether earlier videos are known
   * @throws IOException when the watched folder cannot be used
   */
  public UnattendedSources(
      SourcesConfig config,
      KafkaConnection kafka,
      VideoFetcher fetcher,
      SubmissionService submissions,
      BooleanSupplier ready,
      CollectorRegistry registry)
      throws IOException {
    this.config = config;
    this.kafka = kafka;
    this.fetcher = fetcher;
    this.submissions = submissions;
    this.ready = ready;
    this.registry = registry;
    this.folders = config.watched() == null ? List.of() : List.of(poller(config.watched()));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Makes sure the events' topic exists, and starts what is configured. */
  @Override
  public void start() {
    List<Service> open = new ArrayList<>(folders);
    if (!config.eventsTopic().isEmpty()) {
      open.add(events(config.eventsTopic()));
    }
    running = new ServiceGroup(NAME, open);
    running.start();
  }

  @Override
  public Health health() {
    return running.health();
  }

  @Override
  public void close() {
    running.close();
  }

  private Worker poller(Path folder) throws IOException {
    FolderPoller poller = new FolderPoller(folder, config.settled(), submissions, System::nanoTime);
    CountDownLatch closing = new CountDownLatch(1);
    return new Worker(
        "watched-folder",
        () -> {
          if (ready.getAsBoolean()) {
            poller.poll(() -> closing.getCount() == 0);
          }
          closing.await(POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        },
        closing::countDown,
        () -> {});
  }

  private Worker events(String topic) {
    new TopicProvisioner(kafka)
        .ensure(List.of(new Topic<>(topic, Codec.bytes(), Codec.bytes(), PARTITIONS, Map.of())));
    Map<String, Object> properties = new ClientProperties(kafka).consumer(GROUP);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties);
    Producer<byte[], byte[]> producer = new KafkaProducer<>(new ClientProperties(kafka).producer());
    S3EventRecordHandler handler =
        new S3EventRecordHandler(
            new S3EventHandler(fetcher, submissions)::handle,
            new RecordPublisher(producer),
            new DeadLetters(registry),
            ready,
            S3EventRecordHandler.RETRY_INTERVAL);
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
