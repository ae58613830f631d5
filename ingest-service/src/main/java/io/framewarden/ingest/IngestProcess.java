package io.framewarden.ingest;

import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.http.UploadApi;
import io.framewarden.ingest.http.UploadApiConfig;
import io.framewarden.ingest.http.VideoBackend;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.kafka.IngestService;
import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.ingest.kafka.UnattendedSources;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.ingest.status.VideoStatusConsumer;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.InterruptedUploadCleaner;
import io.framewarden.ingest.submission.PendingUploadJournal;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.http.HttpService;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.ObjectStore;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Everything that an ingest process runs, wired; it owns all but store and registry. */
public final class IngestProcess implements Service {
  private static final int VERDICTS_IN_MEMORY = 10_000;

  private final KafkaUploadSink sink;
  private final ServiceGroup services;
  private final HttpService http;

  private IngestProcess(KafkaUploadSink sink, ServiceGroup services, HttpService http) {
    this.sink = sink;
    this.services = services;
    this.http = http;
  }

  /**
   * Wires; nothing runs before it is started.
   *
   * @throws IOException when a folder or source that uploads need cannot be used
   */
  public static IngestProcess of(
      IngestConfig config,
      UploadApiConfig uploads,
      SourcesConfig inbox,
      HttpSettings listen,
      KafkaConnection kafka,
      ObjectStore store,
      CollectorRegistry registry)
      throws IOException {
    VideoStatusIndex ledger = new VideoStatusIndex();
    VideoStatusConsumer feed = new VideoStatusConsumer(kafka, ledger);
    VerdictView verdicts = new VerdictView(kafka, VERDICTS_IN_MEMORY);
    IngestService ingest = new IngestService(config, kafka, store, registry, ledger);
    KafkaUploadSink sink = new KafkaUploadSink(kafka);
    UploadLimits limits = UploadLimits.of(config.extraction().decoding().limits());
    PendingUploadJournal notes = new PendingUploadJournal(uploads.staging().storing());
    UploadService intake = new UploadService(store, sink, limits, registry, Optional.of(notes));
    UploadApi api =
        new UploadApi(
            uploads,
            listen.isLoopback(),
            new VideoBackend(
                intake,
                store,
                sink,
                ledger,
                verdicts::find,
                Optional.of(new InterruptedUploadCleaner(notes, store, ledger)),
                () -> feed.health().isReady() && verdicts.health().isReady()),
            registry);
    UnattendedSources unattended =
        new UnattendedSources(
            inbox,
            kafka,
            new VideoFetcher(uploads.fetch()),
            new SubmissionService(intake, ledger),
            () -> feed.health().isReady(),
            registry);
    ServiceGroup work = new ServiceGroup("work", List.of(ingest, feed, verdicts, api, unattended));
    HttpService http = new HttpService(listen, work, registry, api::addTo);
    return new IngestProcess(sink, new ServiceGroup("ingest", List.of(http, work)), http);
  }

  @Override
  public String name() {
    return "ingest";
  }

  /** Probes first: they tell what the rest waits for. */
  @Override
  public void start() {
    services.start();
  }

  /** The port that is listened on. */
  public int port() {
    return http.port();
  }

  @Override
  public Health health() {
    return services.health();
  }

  @Override
  public void close() {
    services.close();
    sink.close();
  }
}
