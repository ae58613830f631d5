package io.framewarden.standalone.pipeline;

import io.framewarden.detector.ScorerRole;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.ingest.Ingest;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.http.HttpService;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
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
 * A running pipeline: broker, ingest, scorer, verdicts, and HTTP in front of it where it is wanted.
 * Owns all of them. Start and close from one thread; the rest may be used from any.
 */
public final class Pipeline implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final StandaloneConfig config;
  private final CollectorRegistry registry;
  private final EmbeddedBroker broker;
  private final KafkaConnection connection;
  private final DiskBudget disk;

  /** Null for a pipeline that listens on no port but the broker's. */
  private final HttpSettings listen;

  private ObjectStore store;
  private Ingest ingest;
  private HttpService http;
  private volatile ServiceGroup services;

  /** What starting waits for; null once everything is started. */
  private volatile String waitsFor = "not started";

  /** A pipeline without HTTP: uploads are handed in by {@link #uploads()}. */
  public Pipeline(StandaloneConfig config, CollectorRegistry registry) {
    this(config, null, registry);
  }

  /**
   * A pipeline behind HTTP.
   *
   * @param listen where the upload API listens; null for no API
   */
  public Pipeline(StandaloneConfig config, HttpSettings listen, CollectorRegistry registry) {
    this.config = config;
    this.listen = listen;
    this.registry = registry;
    this.broker = new EmbeddedBroker(config.data().broker(), config.brokerPort());
    this.connection = broker.connection();
    this.disk =
        new DiskBudget(
            config.data().root(), broker.logs(), config.releases().store().minFreeBytes());
  }

  @Override
  public String name() {
    return "pipeline";
  }

  /**
   * Starts everything; returns when uploads are accepted and the videos of earlier runs are known.
   * HTTP is first: a port that is taken is told before anything else is started, and until the rest
   * is there the probes say what is waited for, and the API answers 503.
   *
   * @throws UncheckedIOException when the object store, or a folder that uploads need, cannot be
   *     used
   */
  @Override
  public void start() {
    try {
      if (listen == null) {
        broker.start(); // there is no port to answer on before: the slowest first
      }
      store = openStore();
      ingest = new Ingest(config.ingest(), listen, connection, store, disk, registry);
      waitsFor = "waiting for the broker";
      if (listen != null) {
        listen();
        broker.start();
      }
      ingest.startDecoders(); // while the broker starts
      // Before a face detector that uses ONNX Runtime too: DJL must be the one that starts it.
      OnnxRuntimeFactory.startRuntime();
      broker.awaitReady();
      waitsFor = "making the topics";
      new TopicProvisioner(connection).ensure(Topics.all());
      disk.divide(connection);
      waitsFor = "starting the services";
      services =
          new ServiceGroup(
              "services",
              List.of(
                  ServiceGroup.independent(
                      "detector",
                      List.of(
                          ScorerRole.service(
                              config.scorer(), config.releases(), connection, registry),
                          new VerdictService(config.verdict(), connection, registry))),
                  ingest));
      services.start();
      waitsFor = "reading the videos of earlier runs";
      ingest.awaitCaughtUp();
      waitsFor = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      close();
      Optional<String> full = disk.fullness();
      throw full.isPresent() ? new IllegalStateException(e.getMessage() + "; " + full.get(), e) : e;
    }
  }

  private void listen() {
    http = ingest.server(this);
    http.start();
    LOG.info("http://{}:{} answers while the rest starts", listen.host(), http.port());
  }

  /** Takes the uploads of this process. */
  public UploadService uploads() {
    return ingest.uploads();
  }

  /** The verdicts so far. */
  public VerdictView verdicts() {
    return ingest.verdicts();
  }

  /** The videos so far. */
  public VideoStatusIndex videos() {
    return ingest.videos();
  }

  /** The port that HTTP listens on, also when 0 was asked for. */
  public int httpPort() {
    return http.port();
  }

  /** How other clients reach the broker. */
  public KafkaConnection connection() {
    return connection;
  }

  /** Of what failed while the disk is full, the disk is the likely cause. */
  @Override
  public Health health() {
    Health health = healthOfParts();
    return health.isFailed()
        ? disk.fullness().map(full -> Health.failed(health.detail() + "; " + full)).orElse(health)
        : health;
  }

  private Health healthOfParts() {
    Health health = broker.health();
    if (services != null && health.isReady()) {
      health = services.health();
    }
    String starting = waitsFor;
    return starting == null || health.isFailed() ? health : Health.starting(starting);
  }

  @Override
  public void close() {
    if (services != null) {
      services.close();
    }
    if (ingest != null) {
      ingest.close(); // its decoders, where the services never started
    }
    if (http != null) {
      http.close(); // after what is behind it: until then it answers 503
    }
    closeStore();
    broker.close();
  }

  private ObjectStore openStore() throws IOException {
    StoreConfig given = config.releases().store();
    boolean shares = disk.isOn(given.folder().orElse(given.work()));
    try {
      return ObjectStores.open(given, shares ? disk::reservedBytes : given::minFreeBytes);
    } catch (IOException e) {
      throw new IOException(
          "cannot use the object store " + given.where() + ": " + e.getMessage(), e);
    }
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
