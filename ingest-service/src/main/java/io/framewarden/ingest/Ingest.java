package io.framewarden.ingest;

import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.http.UploadApi;
import io.framewarden.ingest.http.UploadApiConfig;
import io.framewarden.ingest.http.VideoBackend;
import io.framewarden.ingest.kafka.DecisionTopic;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.kafka.IngestService;
import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.ingest.kafka.UnattendedSources;
import io.framewarden.ingest.pace.DiskRoom;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.ingest.status.PendingRetry;
import io.framewarden.ingest.status.VideoStatusConsumer;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.PendingUploadJournal;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.http.BrowserAccess;
import io.framewarden.runtime.http.HttpService;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.ObjectStore;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Ingest, wired: extraction, the views of videos and verdicts, uploads by API, folder and event.
 * The one wiring for the process of its own and for a pipeline in one process; owns everything but
 * store, registry and HTTP server.
 *
 * <p>Nothing runs and nothing connects to Kafka before {@link #start()}. Make, start and close from
 * one thread; what it hands out may be used from any.
 */
public final class Ingest implements Service {
  private static final int VERDICTS_IN_MEMORY = 10_000;

  /**
   * How ingest works.
   *
   * @param extraction from uploads to face frames
   * @param uploads the API, and where it keeps unfinished uploads
   * @param sources the ways in beside the API
   */
  public record Config(IngestConfig extraction, UploadApiConfig uploads, SourcesConfig sources) {
    /** Reads the variables of all three. */
    public static Config from(Settings settings) {
      IngestConfig extraction = IngestConfig.from(settings);
      return new Config(
          extraction,
          UploadApiConfig.from(settings, extraction.extraction().decoding().limits()),
          SourcesConfig.from(settings));
    }
  }

  private final CollectorRegistry registry;
  private final VideoStatusIndex videos = new VideoStatusIndex();
  private final VideoStatusConsumer status;
  private final VerdictView verdicts;
  private final DecisionTopic decisions;
  private final UploadService uploads;
  private final IngestService extraction;
  private final VideoFetcher fetcher;
  private final ServiceGroup services;

  /** Null where uploads are handed in by this process alone. */
  private final HttpSettings listen;

  private final BrowserAccess browsers;

  /** Null like {@code listen}. */
  private final UploadApi api;

  /**
   * Wires ingest without the upload API: this process hands uploads in by {@link #uploads()}.
   *
   * @throws IOException when a folder or source that uploads need cannot be used
   */
  public Ingest(Config config, KafkaConnection kafka, ObjectStore store, CollectorRegistry registry)
      throws IOException {
    this(config, null, kafka, store, DiskRoom.UNKNOWN, registry);
  }

  /**
   * Wires ingest with the upload API; {@link #server} makes the server in front of it.
   *
   * @param listen where the server listens; null for no API
   * @param disk that uploads share with the brokers, where it is known
   * @throws IOException when a folder or source that uploads need cannot be used
   */
  public Ingest(
      Config config,
      HttpSettings listen,
      KafkaConnection kafka,
      ObjectStore store,
      DiskRoom disk,
      CollectorRegistry registry)
      throws IOException {
    this.registry = registry;
    this.listen = listen;
    this.browsers = config.uploads().access().browsers();
    this.status = new VideoStatusConsumer(kafka, videos);
    this.verdicts = new VerdictView(kafka, VERDICTS_IN_MEMORY);
    this.fetcher = new VideoFetcher(config.uploads().fetch());
    KafkaUploadSink sink = new KafkaUploadSink(kafka);
    this.decisions = new DecisionTopic(kafka, sink);
    this.uploads =
        new UploadService(
            store,
            sink,
            new UploadLimits(config.uploads().maxBytes()),
            registry,
            new PendingUploadJournal(config.uploads().staging().journal()));
    SubmissionService submissions = new SubmissionService(uploads, videos);
    UnattendedSources sources =
        new UnattendedSources(
            config.sources(),
            kafka,
            fetcher,
            submissions,
            () -> status.health().isReady(),
            registry);
    VideoBackend backend =
        new VideoBackend(
            submissions,
            store,
            sink,
            videos,
            new VideoBackend.Findings(verdicts, decisions),
            () ->
                status.health().isReady()
                    && verdicts.health().isReady()
                    && decisions.health().isReady());
    this.api =
        listen == null
            ? null
            : new UploadApi(
                config.uploads(),
                listen.isLoopback(),
                backend,
                fetcher,
                disk::reservedBytes,
                registry);
    this.extraction =
        new IngestService(
            config.extraction(), kafka, store, registry, videos, this::dueRetry, disk);
    List<Service> all = new ArrayList<>(List.of(sink));
    if (api != null) {
      all.add(api.openUploads()); // may end while videos are extracted, with the sink at the latest
    }
    all.addAll(List.of(extraction, status, verdicts, decisions));
    if (api != null) {
      all.add(api);
    }
    all.add(sources);
    this.services = new ServiceGroup(name(), all);
  }

  @Override
  public String name() {
    return "ingest";
  }

  /** None before the earlier videos are known: what was tried again since would be once more. */
  private Optional<PendingRetry> dueRetry(Instant time, Predicate<String> mine) {
    return status.health().isReady() ? videos.due(time, mine) : Optional.empty();
  }

  @Override
  public void start() {
    services.start();
  }

  /**
   * Starts the decoders ahead of {@link #start()}, which does it otherwise; returns at once. {@link
   * #close()} ends them.
   */
  public void startDecoders() {
    extraction.startDecoders();
  }

  /** Waits until the videos and verdicts of earlier runs are known, or their reading is over. */
  public void awaitCaughtUp() throws InterruptedException {
    verdicts.awaitCaughtUp();
    decisions.awaitCaughtUp();
    status.awaitCaughtUp();
  }

  /**
   * A server of the API, which the caller starts and closes. It may be started first: until earlier
   * videos are known the API answers 503.
   *
   * @param watched whose health its probes report
   * @throws IllegalStateException when this was wired without the API
   */
  public HttpService server(Service watched) {
    if (api == null) {
      throw new IllegalStateException("ingest was wired without the upload API");
    }
    return new HttpService(listen, browsers, watched, registry, api::addTo);
  }

  /** Takes the uploads of this process. */
  public UploadService uploads() {
    return uploads;
  }

  /** The videos so far. */
  public VideoStatusIndex videos() {
    return videos;
  }

  /** The verdicts so far. */
  public VerdictView verdicts() {
    return verdicts;
  }

  @Override
  public Health health() {
    return services.health();
  }

  @Override
  public void close() {
    if (api != null) {
      api.stopTaking();
    }
    services.close();
    extraction.close(); // its decoders run also where the services were never started
    fetcher.close();
  }
}
