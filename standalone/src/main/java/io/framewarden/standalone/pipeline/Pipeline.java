package io.framewarden.standalone.pipeline;

import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.detector.verdict.feed.VerdictView;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.ingest.publish.IngestService;
import io.framewarden.ingest.publish.KafkaUploadSink;
import io.framewarden.ingest.upload.UploadIntake;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.broker.EmbeddedBroker;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A running pipeline: broker, services and views. Owns all of them. Start and close from one
 * thread; the rest may be used from any.
 */
public final class Pipeline implements Service {
  private static final int VERDICTS_IN_MEMORY = 10_000;

  private final StandaloneConfig config;
  private final CollectorRegistry registry;
  private final EmbeddedBroker broker;
  private final KafkaConnection connection;
  private final VerdictView verdicts;
  private final UploadView uploads;
  private KafkaUploadSink sink;
  private UploadIntake intake;
  private IngestService ingest;
  private ServiceGroup services;

  public Pipeline(StandaloneConfig config, CollectorRegistry registry) {
    this.config = config;
    this.registry = registry;
    this.broker = new EmbeddedBroker(config.data().broker(), config.brokerPort());
    this.connection = KafkaConnection.embedded(broker.bootstrapServers());
    this.verdicts = new VerdictView(connection, VERDICTS_IN_MEMORY);
    this.uploads = new UploadView(connection);
  }

  @Override
  public String name() {
    return "pipeline";
  }

  /** Starts everything; returns when uploads can be handed in and the past can be asked for. */
  @Override
  public void start() {
    try {
      broker.start();
      FileObjectStore store = new FileObjectStore(config.data().objects());
      // Its decoders start while the broker does.
      ingest = new IngestService(config.ingest(), connection, store, registry);
      // Before a face detector that uses ONNX Runtime too: DJL must be the one that starts it.
      OnnxRuntimeFactory.startRuntime();
      broker.awaitReady();
      new TopicProvisioner(connection).ensure(Topics.all());
      sink = new KafkaUploadSink(connection);
      intake = new UploadIntake(store, sink, config.limits(), registry);
      services =
          new ServiceGroup(
              "services",
              List.of(
                  ScorerRole.service(config.scorer(), config.releases(), connection, registry),
                  ingest,
                  new VerdictService(config.verdict(), connection, registry),
                  verdicts,
                  uploads));
      services.start();
      verdicts.awaitCaughtUp();
      uploads.awaitCaughtUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("cannot use " + config.data().root(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Where uploads are handed in. */
  public UploadIntake intake() {
    return intake;
  }

  /** The verdicts so far. */
  public VerdictView verdicts() {
    return verdicts;
  }

  /** The uploads so far. */
  public UploadView uploads() {
    return uploads;
  }

  /** How other clients reach the broker. */
  public KafkaConnection connection() {
    return connection;
  }

  @Override
  public Health health() {
    Health health = broker.health();
    if (!health.isReady()) {
      return health;
    }
    return services == null ? Health.starting("services") : services.health();
  }

  @Override
  public void close() {
    if (services != null) {
      services.close();
    }
    if (ingest != null) {
      ingest.close(); // its decoders, where the services never started
    }
    if (sink != null) {
      sink.close();
    }
    broker.close();
  }
}
