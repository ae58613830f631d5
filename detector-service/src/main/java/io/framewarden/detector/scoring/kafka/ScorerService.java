package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.release.follow.ReleasedModels;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.ShadowMetrics;
import io.framewarden.detector.scoring.ShadowScorer;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.runtime.lifecycle.OwnedResources;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.schemas.topic.Topics;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scorer: face frames in, frame scores out, exactly once. One thread of its own makes the
 * clients, and uses and closes them all. Start returns at once; the service is READY when the model
 * is loaded and the group has assigned its partitions, and FAILED (with the reason, such as a
 * fenced producer) when only a new process can go on.
 */
public final class ScorerService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerService.class);

  private static final Duration MODEL_POLL_INTERVAL = Duration.ofMillis(200);

  private final ScorerConfig config;
  private final ReleasedModels models;
  private final KafkaConnection kafka;
  private final ScoringMetrics metrics;
  private final ShadowMetrics shadowMetrics;
  private final DeadLetters letters;
  private final Worker worker;
  private final OwnedResources resources = new OwnedResources();
  private volatile String waitsFor = "waiting for a model";
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile ScoringLoop loop;
  private boolean lastStepCompleted = true;

  /**
   * @param models is started by the caller, and closed after this
   * @param metrics what the scorer counts
   * @param registry takes this service's other metrics; one scorer a registry
   */
  public ScorerService(
      ScorerConfig config,
      ReleasedModels models,
      KafkaConnection kafka,
      ScoringMetrics metrics,
      CollectorRegistry registry) {
    this.config = config;
    this.models = models;
    this.kafka = kafka;
    this.metrics = metrics;
    this.shadowMetrics = new ShadowMetrics(registry);
    this.letters = new DeadLetters(registry);
    this.worker = new Worker("scorer", this::step, this::wakeUp, this::closeAll);
  }

  @Override
  public String name() {
    return "scoring";
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public Health health() {
    Health health = worker.health();
    if (!health.isReady()) {
      return health;
    }
    ScoringLoop running = loop;
    if (running == null) {
      return Health.starting(waitsFor);
    }
    return running.hasAssignment() ? health : Health.starting("waiting for partitions");
  }

  @Override
  public void close() {
    worker.close();
  }

  private void step() throws InterruptedException {
    lastStepCompleted = false;
    try {
      if (loop == null) {
        if (models.active().await(model -> true, MODEL_POLL_INTERVAL)) {
          loop = open();
        }
      } else {
        loop.step();
      }
      lastStepCompleted = true;
    } catch (WakeupException e) {
      // Only closing wakes the consumer up, and a poll that is woken up took nothing.
      lastStepCompleted = true;
      throw e;
    }
  }

  private ScoringLoop open() {
    waitsFor = "waiting for Kafka at " + kafka.bootstrapServers();
    new TopicProvisioner(kafka)
        .ensure(
            List.of(
                Topics.FACE_FRAMES,
                Topics.FRAME_SCORES,
                Topics.SHADOW_SCORES,
                Topics.DEAD_LETTERS));
    ScorerClientFactory clients = new ScorerClientFactory(kafka, config);
    KafkaProducer<byte[], byte[]> producer = resources.own(clients.producer());
    producer.initTransactions();
    consumer = resources.own(clients.consumer());
    ScoringExecutors threads = resources.own(new ScoringExecutors());
    ScoringLoop opened =
        new ScoringLoop(
            consumer,
            new ScoringTransaction(producer, metrics, letters),
            new ScoringPipeline(
                models.active(),
                new FrameScorer(config.policy(), metrics, ScorerService::microseconds),
                shadowScorer(),
                metrics,
                threads.engineExecutor(),
                threads.codecExecutor(),
                System::nanoTime),
            config,
            metrics,
            this::isClosing,
            System::nanoTime);
    opened.subscribe();
    return opened;
  }

  private ShadowScorer shadowScorer() {
    return new ShadowScorer(
        models.shadow(),
        models.active(),
        models::shadowShare,
        new FrameScorer(
            config.policy().withoutEvidence(), // no verdict shows it
            new ScoringMetrics(new CollectorRegistry()), // not in the scorer's histograms
            ScorerService::microseconds),
        shadowMetrics,
        resources.own(new ShadowScorePublisher(kafka)));
  }

  private boolean isClosing() {
    return worker.isClosing();
  }

  private void wakeUp() {
    KafkaConsumer<byte[], byte[]> polling = consumer;
    if (polling != null) {
      polling.wakeup();
    }
  }

  /** On the worker's thread, after its last step: the last commit, then everything is closed. */
  private void closeAll() {
    try {
      if (loop != null && lastStepCompleted) {
        loop.finish();
      }
    } catch (RuntimeException e) {
      LOG.warn("the last transaction is left to the next run: {}", e.toString());
    }
    resources.close();
  }

  private static long microseconds() {
    return MicrosecondClock.now();
  }
}
