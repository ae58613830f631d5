package io.framewarden.standalone.pipeline;

import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.http.UploadApi;
import io.framewarden.ingest.http.VideoBackend;
import io.framewarden.ingest.kafka.IngestService;
import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.ingest.kafka.UnattendedSources;
import io.framewarden.ingest.status.VideoStatusConsumer;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.InterruptedUploadCleaner;
import io.framewarden.ingest.submission.PendingUploadJournal;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.broker.EmbeddedBroker;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running pipeline: broker, services and views. Owns all of them. Start and close from one
 * thread; the rest may be used from any.
 */
public final class Pipeline implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final int VERDICTS_IN_MEMORY = 10_000;

  private final StandaloneConfig config;
  private final CollectorRegistry registry;
  private final EmbeddedBroker broker;
  private final KafkaConnection connection;
  private final VerdictView verdicts;
  private final VideoStatusIndex ledger = new VideoStatusIndex();
  private final VideoStatusConsumer feed;
  private ObjectStore store;
  private KafkaUploadSink sink;
  private UploadService intake;
  private PendingUploadJournal notes;
  private IngestService ingest;
  private ServiceGroup services;

  public Pipeline(StandaloneConfig config, CollectorRegistry registry) {
    this.config = config;
    this.registry = registry;
    this.broker = new EmbeddedBroker(config.data().broker(), config.brokerPort());
    this.connection = KafkaConnection.embedded(broker.bootstrapServers());
    this.verdicts = new VerdictView(connection, VERDICTS_IN_MEMORY);
    this.feed = new VideoStatusConsumer(connection, ledger);
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
      store = ObjectStores.open(config.releases().store());
      // Its decoders start while the broker does.
      ingest = new IngestService(config.ingest(), connection, store, registry, ledger);
      // Before a face detector that uses ONNX Runtime too: DJL must be the one that starts it.
      OnnxRuntimeFactory.startRuntime();
      broker.awaitReady();
      new TopicProvisioner(connection).ensure(Topics.all());
      sink = new KafkaUploadSink(connection);
      notes = new PendingUploadJournal(config.uploads().staging().storing());
      intake = new UploadService(store, sink, config.limits(), registry, Optional.of(notes));
      services =
          new ServiceGroup(
              "services",
              List.of(
                  ScorerRole.service(config.scorer(), config.releases(), connection, registry),
                  ingest,
                  new VerdictService(config.verdict(), connection, registry),
                  verdicts,
                  feed,
                  new UnattendedSources(
                      config.inbox(),
                      connection,
                      new VideoFetcher(config.uploads().fetch()),
                      new SubmissionService(intake, ledger),
                      () -> feed.health().isReady(),
                      registry)));
      services.start();
      verdicts.awaitCaughtUp();
      feed.awaitCaughtUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(
          "cannot use the object store "
              + config.releases().store().where()
              + ": "
              + e.getMessage(),
          e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Where uploads are handed in. */
  public UploadService intake() {
    return intake;
  }

  /** The verdicts so far. */
  public VerdictView verdicts() {
    return verdicts;
  }

  /** The uploads so far. */
  public VideoStatusIndex uploads() {
    return ledger;
  }

  /**
   * The HTTP API in front of this pipeline, which has been started; the caller owns it.
   *
   * @param loopback whether it is served on loopback alone
   * @throws IOException when a folder or source that it needs cannot be used
   */
  public UploadApi api(boolean loopback) throws IOException {
    return new UploadApi(
        config.uploads(),
        loopback,
        new VideoBackend(
            intake,
            store,
            sink,
            ledger,
            verdicts::find,
            Optional.of(new InterruptedUploadCleaner(notes, store, ledger)),
            () -> true),
        registry);
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
    closeStore();
    broker.close();
  }

  private void closeStore() {
    if (store == null) {
      return;
    }
    try {
      store.close();
    } catch (IOException e) {
      LOG.warn("the object store was not closed cleanly: {}", e.toString());
    }
  }
}
