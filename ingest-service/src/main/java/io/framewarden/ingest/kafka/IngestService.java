package io.framewarden.ingest.kafka;

import io.framewarden.ingest.pace.DiskRoom;
import io.framewarden.ingest.pace.ExtractionThrottle;
import io.framewarden.ingest.sandbox.Extractors;
import io.framewarden.ingest.status.ExtractionListener;
import io.framewarden.ingest.status.RetryQueue;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.schemas.topic.Topics;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Uploads from Kafka, face frames and markers to Kafka: so many workers, each with a consumer, a
 * producer of its own. Videos are decoded by child processes, or in this one, as configured; the
 * children end with the service. An error of Kafka's ends a worker and fails the service.
 */
public final class IngestService implements Service {
  /** The consumer group of video-uploads. */
  public static final String GROUP = "framewarden-ingest";

  private final IngestConfig config;
  private final KafkaConnection kafka;
  private final ObjectStore store;
  private final IngestMetrics metrics;
  private final DeadLetters deadLetters;
  private final ExtractionListener watch;
  private final RetryQueue retries;
  private final DiskRoom disk;
  private volatile Extractors extractors;
  private volatile String waitsFor = "not started";
  private final ShutdownGrace grace;
  private final CollectorRegistry registry;
  private FaceFramesLag lag;
  private volatile ServiceGroup workers;

  /** A service that tries no extraction again. */
  public IngestService(
      IngestConfig config,
      KafkaConnection kafka,
      ObjectStore store,
      CollectorRegistry registry,
      ExtractionListener watch) {
    this(config, kafka, store, registry, watch, RetryQueue.EMPTY, DiskRoom.UNKNOWN);
  }

  /**
   * @param watch is told of face frames as they are sent, and knows what was deleted
   * @param retries has what is tried again
   * @param disk that face frames go to
   */
  public IngestService(
      IngestConfig config,
      KafkaConnection kafka,
      ObjectStore store,
      CollectorRegistry registry,
      ExtractionListener watch,
      RetryQueue retries,
      DiskRoom disk) {
    this.config = config;
    this.kafka = kafka;
    this.store = store;
    this.metrics = new IngestMetrics(registry);
    this.deadLetters = new DeadLetters(registry);
    this.watch = watch;
    this.retries = retries;
    this.disk = disk;
    this.registry = registry;
    this.grace = new ShutdownGrace(config.workers().shutdownGrace());
  }

  @Override
  public String name() {
    return "ingest";
  }

  /** Starts the decoders, if {@link #start()} has not done it; returns at once. */
  public void startDecoders() {
    if (extractors == null) {
      extractors =
          new Extractors(config.sandbox(), config.workers().count(), config.extraction(), registry);
    }
  }

  /** Makes sure the topics exist, waits for a decoder and starts the workers. */
  @Override
  public void start() {
    startDecoders();
    waitsFor = "waiting for Kafka at " + kafka.bootstrapServers();
    new TopicProvisioner(kafka)
        .ensure(
            List.of(
                Topics.VIDEO_UPLOADS,
                Topics.FACE_FRAMES,
                Topics.VIDEO_MARKERS,
                Topics.DEAD_LETTERS));
    waitsFor = "waiting for a decoder";
    extractors.awaitReady();
    lag = new FaceFramesLag(kafka, config.extraction().faces());
    ExtractionThrottle pace = new ExtractionThrottle(config.pace(), lag, disk, registry);
    List<Worker> all =
        IntStream.range(0, config.workers().count())
            .mapToObj(number -> worker(number, pace))
            .toList();
    ServiceGroup group =
        new ServiceGroup(name(), List.of(pace, ServiceGroup.independent("workers", all)));
    group.start();
    workers = group;
  }

  @Override
  public Health health() {
    ServiceGroup started = workers;
    Health health = started == null ? Health.starting(waitsFor) : started.health();
    return health.isReady() && !extractors.weakness().isEmpty()
        ? Health.ready(
            Stream.of(extractors.weakness(), health.detail())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; ")))
        : health;
  }

  /** Lets videos in work end within the grace; what does not is handed back. */
  @Override
  public void close() {
    grace.begin();
    if (workers != null) {
      workers.close();
    }
    if (lag != null) {
      lag.close();
    }
    if (extractors != null) {
      extractors.close();
    }
  }

  private Worker worker(int number, ExtractionThrottle pace) {
    String name = name() + "-" + number;
    String given = config.workers().instance();
    String instance = given.isEmpty() ? "" : given + "-" + number;
    IngestClientFactory clients = new IngestClientFactory(kafka, GROUP, instance);
    Producer<byte[], byte[]> frames = clients.frames();
    Producer<byte[], byte[]> markers = clients.markers();
    UploadHandler handler =
        new UploadHandler(
            new UploadExtraction(store, extractors.extractor()),
            new RecordPublisher(frames, pace),
            deadLetters,
            metrics,
            watch,
            pace::await,
            config.retries());
    KafkaConsumer<byte[], byte[]> consumer = clients.consumer();
    UploadConsumer uploads =
        new UploadConsumer(
            name,
            Topics.VIDEO_UPLOADS.name(),
            consumer,
            handler::handle,
            OffsetCommit.transactional(markers),
            handler::isDeleted,
            grace,
            new UploadConsumer.Retries(retries, handler::retry));
    return new Worker(
        name,
        uploads::step,
        consumer::wakeup,
        () -> {
          uploads.close();
          frames.close();
          markers.close();
        });
  }
}
