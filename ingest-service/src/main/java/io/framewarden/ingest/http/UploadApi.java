package io.framewarden.ingest.http;

import io.framewarden.ingest.access.Authenticator;
import io.framewarden.ingest.access.StorageQuota;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.tus.ResumableUploads;
import io.framewarden.ingest.tus.StagingSweeper;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * The whole API, and what runs behind it: unfinished uploads, and the ways to fetch. Its routes may
 * be served before it is started, and after it is closed; they answer 503 while the backend is not
 * ready.
 */
public final class UploadApi implements Service {
  private static final String OPEN_API = "openapi.json";
  private static final Duration MOST_BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final VideoFetcher fetcher;
  private final StagingSweeper sweeper;
  private final DiskSpace room;
  private final ProblemResponses problems;
  private final VideoRoutes videos;
  private final StatusRoutes states;
  private final TusRoutes tus;
  private final String openApi;

  /**
   * @param loopback whether the server listens on loopback alone
   * @throws IOException when the staging folder or a source cannot be used
   */
  public UploadApi(
      UploadApiConfig config, boolean loopback, VideoBackend backend, CollectorRegistry registry)
      throws IOException {
    SubmissionService desk = new SubmissionService(backend.intake(), backend.ledger());
    StorageQuota quota =
        new StorageQuota(config.access().submitterBytes(), backend.ledger()::bytesOf);
    ResumableUploads resumable =
        new ResumableUploads(config.staging(), desk, quota, Clock.systemUTC());
    this.room = new DiskSpace(backend.store(), config.staging().folder(), registry);
    HttpMetrics metrics =
        new HttpMetrics(registry, resumable::unfinished, backend.ledger()::waiting);
    Authenticator callers =
        Authenticator.of(config.access().tokenFile().map(TokenFile::new), loopback);
    AdmissionControl gate = new AdmissionControl(callers, quota, config, metrics, backend.ready());
    this.fetcher = new VideoFetcher(config.fetch());
    this.sweeper =
        new StagingSweeper(
            () -> {
              if (backend.cutOff().isPresent()) {
                backend.cutOff().get().resolve();
              }
              resumable.sweep();
            },
            between(config.staging().expiry()),
            backend.ready());
    this.problems = new ProblemResponses(metrics);
    this.videos = new VideoRoutes(gate, desk, backend, fetcher, room);
    this.states = new StatusRoutes(gate, backend, resumable);
    this.tus = new TusRoutes(gate, resumable, config.maxBytes());
    this.openApi = document();
  }

  /** Adds the routes, and turns every error into a problem. */
  public void addTo(RoutesConfig routes) {
    problems.addTo(routes);
    videos.addTo(routes);
    states.addTo(routes);
    tus.addTo(routes);
    routes.get("/openapi.json", this::describe);
  }

  @Override
  public String name() {
    return "upload API";
  }

  @Override
  public void start() {
    sweeper.start();
  }

  @Override
  public Health health() {
    return room.health();
  }

  @Override
  public void close() {
    sweeper.close();
    fetcher.close();
  }

  private void describe(Context context) {
    context.contentType("application/json");
    context.result(openApi);
  }

  private static Duration between(Duration expiry) {
    Duration tenth = expiry.dividedBy(10);
    return tenth.compareTo(MOST_BETWEEN_SWEEPS) < 0 ? tenth : MOST_BETWEEN_SWEEPS;
  }

  private static String document() throws IOException {
    try (InputStream in = UploadApi.class.getResourceAsStream(OPEN_API)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
