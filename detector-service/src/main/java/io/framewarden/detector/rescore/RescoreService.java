package io.framewarden.detector.rescore;

import io.framewarden.detector.release.follow.ReleasedModels;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.ScoringPolicy;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.RecordLookup;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.runtime.lifecycle.OwnedResources;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The rescorer: rescore-requests in, frame-scores out. It shares the scorer's model, taking turns
 * with it batch by batch, so that it costs no memory of its own and nothing while there is nothing
 * to do. FAILED when only a new process can go on.
 */
public final class RescoreService implements Service {
  static final String GROUP = "framewarden-rescorer";

  /** A transaction holds a batch's scores. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration MODEL_POLL_INTERVAL = Duration.ofMillis(200);

  /** The wait for a model, and then a full request on a slow machine. */
  private static final Duration MAX_REQUEST_TIME = Duration.ofMinutes(10);

  private final String instance;
  private final ReleasedModels models;
  private final KafkaConnection kafka;
  private final int batchSize;
  private final ScoringPolicy policy;
  private final Duration modelTimeout;
  private final RescoreMetrics metrics;
  private final DeadLetters letters;
  private final Worker worker;
  private final OwnedResources resources = new OwnedResources();
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private RescoreLoop loop;

  /**
   * @param instance this process' name in the group, the same after a restart; empty for none
   * @param models is started by the caller, and closed after this
   * @param batchSize faces in one call of the engine
   * @param modelTimeout how long to wait for a model that is not loaded yet
   */
  public RescoreService(
      String instance,
      ReleasedModels models,
      int batchSize,
      ScoringPolicy policy,
      Duration modelTimeout,
      KafkaConnection kafka,
      CollectorRegistry registry) {
    this.instance = instance;
    this.models = models;
    this.batchSize = batchSize;
    this.policy = policy;
    this.modelTimeout = modelTimeout;
    this.kafka = kafka;
    this.metrics = new RescoreMetrics(registry);
    this.letters = new DeadLetters(registry);
    this.worker = new Worker("rescorer", this::step, this::wakeUp, resources::close);
  }

  @Override
  public String name() {
    return "rescorer";
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public Health health() {
    return worker.health();
  }

  @Override
  public void close() {
    worker.close();
  }

  private void step() throws InterruptedException {
    if (loop != null) {
      loop.step();
    } else if (models.active().await(model -> true, MODEL_POLL_INTERVAL)) {
      loop = open();
    }
  }

  private RescoreLoop open() {
    new TopicProvisioner(kafka)
        .ensure(
            List.of(
                Topics.RESCORE_REQUESTS,
                Topics.FACE_FRAMES,
                Topics.FRAME_SCORES,
                Topics.DEAD_LETTERS));
    KafkaProducer<byte[], byte[]> producer =
        resources.own(
            new KafkaProducer<>(
                new ClientProperties(kafka).memberProducer(GROUP, instance, TRANSACTION_TIMEOUT)));
    producer.initTransactions();
    consumer = resources.own(new KafkaConsumer<>(consumerProperties()));
    RecordLookup<FaceFrame> faces = resources.own(new RecordLookup<>(kafka, Topics.FACE_FRAMES));
    // Its batches do not belong into the scorer's histograms.
    ScoringMetrics uncounted = new ScoringMetrics(new CollectorRegistry());
    RescoreLoop opened =
        new RescoreLoop(
            consumer,
            producer,
            new Rescorer(
                models.active(),
                new FrameScorer(policy, uncounted, MicrosecondClock::now),
                faces::find,
                modelTimeout,
                metrics,
                MicrosecondClock::now),
            letters,
            metrics,
            batchSize,
            worker::isClosing);
    opened.subscribe();
    return opened;
  }

  private Map<String, Object> consumerProperties() {
    Map<String, Object> properties = new ClientProperties(kafka).member(GROUP, instance);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    properties.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        (int) modelTimeout.plus(MAX_REQUEST_TIME).toMillis());
    return properties;
  }

  private void wakeUp() {
    KafkaConsumer<byte[], byte[]> polling = consumer;
    if (polling != null) {
      polling.wakeup();
    }
  }
}
