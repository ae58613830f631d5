package io.framewarden.ingest.kafka;

import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.sources.FolderPoller;
import io.framewarden.ingest.sources.S3EventHandler;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.lifecycle.Worker;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of videos without a client that waits for an answer, as far as they are configured: a
 * watched folder, and a topic of S3 events. They wait until the earlier videos are known, so that
 * what comes again is not judged twice. Does not own the fetcher.
 */
public final class UnattendedSources implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(UnattendedSources.class);
  private static final String NAME = "unattended sources";
  private static final long POLL_INTERVAL_MILLIS = 1000;

  private final SourcesConfig config;
  private final KafkaConnection kafka;
  private final VideoFetcher fetcher;
  private final SubmissionService submissions;
  private final BooleanSupplier ready;
  private final CollectorRegistry registry;
  private final List<Service> folders;
  private volatile String folderProblem = "";
  private volatile ServiceGroup running = new ServiceGroup(NAME, List.of());

  /**
   * @param ready whether earlier videos are known
   * @throws IOException when the watched folder cannot be used
   */
  public UnattendedSources(
      SourcesConfig config,
      KafkaConnection kafka,
      VideoFetcher fetcher,
      SubmissionService submissions,
      BooleanSupplier ready,
      CollectorRegistry registry)
      throws IOException {
    this.config = config;
    this.kafka = kafka;
    this.fetcher = fetcher;
    this.submissions = submissions;
    this.ready = ready;
    this.registry = registry;
    this.folders = config.watched() == null ? List.of() : List.of(poller(config.watched()));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Starts what is configured. */
  @Override
  public void start() {
    List<Service> open = new ArrayList<>(folders);
    if (!config.eventsTopic().isEmpty()) {
      open.add(events(config.eventsTopic()));
    }
    running = new ServiceGroup(NAME, open);
    running.start();
  }

  @Override
  public Health health() {
    Health health = running.health();
    if (!health.isReady() || folderProblem.isEmpty()) {
      return health;
    }
    String folder = "the watched folder cannot be read: " + folderProblem;
    return Health.ready(health.detail().isEmpty() ? folder : health.detail() + "; " + folder);
  }

  @Override
  public void close() {
    running.close();
  }

  private Worker poller(Path folder) throws IOException {
    FolderPoller poller = new FolderPoller(folder, config.settled(), submissions, System::nanoTime);
    CountDownLatch closing = new CountDownLatch(1);
    return new Worker(
        "watched-folder",
        () -> {
          if (ready.getAsBoolean()) {
            poll(poller, closing);
          }
          closing.await(POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        },
        closing::countDown,
        () -> {});
  }

  /** A folder that cannot be read now is looked at again: the rest of the process goes on. */
  private void poll(FolderPoller poller, CountDownLatch closing) {
    try {
      poller.poll(() -> closing.getCount() == 0);
      folderProblem = "";
    } catch (IOException | UncheckedIOException e) {
      if (!e.toString().equals(folderProblem)) {
        LOG.warn("the watched folder cannot be read now: {}", e.toString());
      }
      folderProblem = e.toString();
    }
  }

  private S3EventSource events(String topic) {
    return new S3EventSource(
        topic,
        kafka,
        new S3EventRecordHandler(
            new S3EventHandler(fetcher, submissions)::handle,
            new DeadLetters(registry),
            ready,
            S3EventRecordHandler.Backoff.DEFAULT));
  }
}
