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
import io.framewarden.runtime.store.FreeSpace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole API, and the sweeper of unfinished uploads that runs behind it. Its routes may be
 * served before it is started, and after it is closed; they answer 503 while the backend is not
 * ready, and from {@link #stopTaking} on.
 */
public final class UploadApi implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(UploadApi.class);
  private static final String OPEN_API = "openapi.json";
  private static final Duration MAX_SWEEP_INTERVAL = Duration.ofMinutes(1);

  private final StagingSweeper sweeper;
  private final OpenUploads open;
  private final AdmissionControl admission;
  private final DiskSpace disks;
  private final ProblemResponses problems;
  private final CrossOrigin origins;
  private final VideoRoutes videos;
  private final ListRoutes list;
  private final StatusRoutes status;
  private final TusRoutes tus;
  private final String openApi;

  /** What is to be told about tokens; empty for nothing. */
  private final String plainTokens;

  /**
   * @param loopback whether the server listens on loopback alone
   * @param fetcher of videos that are named by a URI; not owned
   * @param reserved tells how much of the staging folder's disk is left free
   * @throws IOException when the staging folder cannot be used
   */
  public UploadApi(
      UploadApiConfig config,
      boolean loopback,
      VideoBackend backend,
      VideoFetcher fetcher,
      LongSupplier reserved,
      CollectorRegistry registry)
      throws IOException {
    SubmissionService submissions = backend.submissions();
    StorageQuota quota =
        new StorageQuota(config.access().submitterBytes(), backend.videos()::bytesOf);
    FreeSpace staging = new FreeSpace(Files.createDirectories(config.staging().folder()), reserved);
    ResumableUploads resumable =
        new ResumableUploads(config.staging(), submissions, quota, Clock.systemUTC(), staging);
    this.disks = new DiskSpace(backend.store(), staging, config.maxBytes(), registry);
    HttpMetrics metrics = new HttpMetrics(registry, resumable::unfinished, backend.videos());
    Path tokens = config.access().tokenFile();
    Authenticator callers =
        Authenticator.of(tokens == null ? null : new TokenFile(tokens), loopback);
    this.plainTokens = tokens == null || loopback ? "" : config.access().plainTokens().warning();
    if (!plainTokens.isEmpty()) {
      LOG.warn(plainTokens);
    }
    this.open = new OpenUploads(config.uploadsAtOnce());
    this.admission = new AdmissionControl(callers, quota, config, metrics, open, backend.ready());
    this.sweeper =
        new StagingSweeper(
            () -> {
              submissions.removeInterrupted();
              resumable.sweep();
            },
            interval(config.staging().expiry()),
            backend.ready());
    this.origins = new CrossOrigin(config.access().origins());
    this.problems = new ProblemResponses(metrics);
    JsonContent json = new JsonContent();
    this.videos = new VideoRoutes(admission, backend, fetcher, disks, json);
    this.list = new ListRoutes(admission, backend);
    this.status = new StatusRoutes(admission, backend, resumable, metrics, json);
    this.tus = new TusRoutes(admission, resumable, config.maxBytes());
    this.openApi = document();
  }

  /** Adds the routes, and turns every error into a problem. */
  public void addTo(RoutesConfig routes) {
    problems.addTo(routes);
    origins.addTo(routes);
    videos.addTo(routes);
    list.addTo(routes);
    status.addTo(routes);
    tus.addTo(routes);
    routes.get("/openapi.json", this::describe);
  }

  /**
   * The uploads that are being read, as a service: closing it ends them, with 503. To be closed
   * after this, and before what uploads are handed to.
   */
  public Service openUploads() {
    return open;
  }

  /** From now on requests are answered with 503; those that were admitted may go on. */
  public void stopTaking() {
    admission.stop();
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
    if (admission.isStopping()) {
      return Health.starting("stopping, takes nothing");
    }
    Health health = disks.health();
    if (!health.isReady() || plainTokens.isEmpty()) {
      return health;
    }
    return Health.ready(
        health.detail().isEmpty() ? plainTokens : health.detail() + "; " + plainTokens);
  }

  @Override
  public void close() {
    stopTaking();
    sweeper.close();
  }

  private void describe(Context context) {
    context.contentType("application/json");
    context.result(openApi);
  }

  private static Duration interval(Duration expiry) {
    Duration tenth = expiry.dividedBy(10);
    return tenth.compareTo(MAX_SWEEP_INTERVAL) < 0 ? tenth : MAX_SWEEP_INTERVAL;
  }

  private static String document() throws IOException {
    try (InputStream in = UploadApi.class.getResourceAsStream(OPEN_API)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
