package io.framewarden.ingest.publish;

import io.framewarden.ingest.extract.UploadExtraction;
import io.framewarden.ingest.progress.ExtractionWatch;
import io.framewarden.ingest.sandbox.Extractors;
import io.framewarden.runtime.kafka.ClientProperties;
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
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Uploads from Kafka, face frames and markers to Kafka: so many workers, each with a consumer, a
 * producer of its own. Videos are decoded by child processes, or in this one, as configured; the
 * children start when the service is made, and end with it. An error of Kafka's ends a worker and
 * fails the service.
 */
public final class IngestService implements Service {
  /** The consumer group of video-uploads. */
  public static final String GROUP = "framewarden-ingest";

  private final IngestConfig config;
  private final KafkaConnection kafka;
  private final ObjectStore store;
  private final IngestMetrics metrics;
  private final DeadLetters deadLetters;
  private final ExtractionWatch watch;
  private final Extractors extractors;
  private volatile ServiceGroup workers;

  /**
   * @param watch is told of face frames as they are sent
   */
  public IngestService(
      IngestConfig config,
      KafkaConnection kafka,
      ObjectStore store,
      CollectorRegistry registry,
      ExtractionWatch watch) {
    this.config = config;
    this.kafka = kafka;
    this.store = store;
    this.metrics = new IngestMetrics(registry);
    this.deadLetters = new DeadLetters(registry);
    this.watch = watch;
    this.extractors =
        new Extractors(
            config.sandbox(),
            config.workers(),
            config.decoding(),
            config.sampling(),
            config.detector(),
            registry);
  }

  @Override
  public String name() {
    return "ingest";
  }

  /** Makes sure the topics exist, waits for a decoder and starts the workers. */
  @Override
  public void start() {
    new TopicProvisioner(kafka)
        .ensure(
            List.of(
                Topics.VIDEO_UPLOADS,
                Topics.FACE_FRAMES,
                Topics.VIDEO_MARKERS,
                Topics.DEAD_LETTERS));
    extractors.awaitReady();
    ServiceGroup group =
        new ServiceGroup(
            name(), IntStream.range(0, config.workers()).mapToObj(this::worker).toList());
    group.start();
    workers = group;
  }

  @Override
  public Health health() {
    ServiceGroup started = workers;
    Health health = started == null ? Health.starting("not started") : started.health();
    return health.isReady() && !extractors.weakness().isEmpty()
        ? Health.ready(extractors.weakness())
        : health;
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.close();
    }
    extractors.close();
  }

  private Worker worker(int number) {
    String name = name() + "-" + number;
    Producer<byte[], byte[]> producer = new KafkaProducer<>(new ClientProperties(kafka).producer());
    UploadHandler handler =
        new UploadHandler(
            new UploadExtraction(store, extractors.extractor()),
            new RecordPublisher(producer),
            deadLetters,
            metrics,
            watch);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties());
    UploadConsumer uploads =
        new UploadConsumer(name, Topics.VIDEO_UPLOADS.name(), consumer, handler::handle);
    return new Worker(
        name,
        uploads::step,
        consumer::wakeup,
        () -> {
          uploads.close();
          producer.close();
        });
  }

  private Map<String, Object> consumerProperties() {
    Map<String, Object> properties = new ClientProperties(kafka).consumer(GROUP);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return properties;
  }
}
