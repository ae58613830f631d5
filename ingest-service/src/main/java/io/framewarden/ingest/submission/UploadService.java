package io.framewarden.ingest.submission;

import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.ObjectTooLargeException;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads: looks at the first bytes, stores the content, publishes the upload. An upload is
 * taken whole or not at all. Safe for several threads; owns neither store nor sink.
 */
public final class UploadService {
  private static final Logger LOG = LoggerFactory.getLogger(UploadService.class);
  private static final double NANOS_PER_SECOND = 1e9;

  /** Finds the upload that answers for content that has been stored. */
  @FunctionalInterface
  interface EarlierUploads {
    /**
     * The upload that answers instead.
     *
     * @param stored what would be published; nothing is kept of it when there is an earlier one,
     *     unless it is that one: a repeated request, or one that a crash cut short
     * @throws IOException when it must not be published either
     */
    Optional<VideoUpload> find(VideoUpload stored) throws IOException;
  }

  private final ObjectStore store;
  private final UploadSink sink;
  private final UploadLimits limits;

  /** Null where content that a crash cuts off may stay. */
  private final PendingUploadJournal journal;

  private final Counter uploads =
      Counter.build("framewarden_uploads", "Uploads stored and published.").create();
  private final Counter bytes =
      Counter.build("framewarden_upload_bytes", "Bytes of uploads stored and published.").create();
  private final Counter deduplicated =
      Counter.build(
              "framewarden_uploads_deduplicated",
              "Uploads answered by an earlier one of the same content.")
          .create();
  private final Counter refused =
      Counter.build("framewarden_uploads_refused", "Uploads refused, by reason.")
          .labelNames("reason")
          .create();

  private final Histogram stages =
      Histogram.build(
              "framewarden_upload_stage_seconds",
              "Seconds that a stored upload spent in a stage: receive, store, announce.")
          .labelNames("stage")
          .buckets(0.01, 0.05, 0.25, 1, 5, 30, 120, 600, 3600)
          .create();

  /** Without a journal: content that a crash cuts off stays in the store. */
  public UploadService(
      ObjectStore store, UploadSink sink, UploadLimits limits, CollectorRegistry registry) {
    this(store, sink, limits, registry, null);
  }

  /**
   * With a journal of what is being stored, for {@link #removeInterrupted}.
   *
   * @param journal null for none
   */
  public UploadService(
      ObjectStore store,
      UploadSink sink,
      UploadLimits limits,
      CollectorRegistry registry,
      PendingUploadJournal journal) {
    this.store = store;
    this.journal = journal;
    this.sink = sink;
    this.limits = limits;
    registry.register(uploads);
    registry.register(bytes);
    registry.register(deduplicated);
    registry.register(refused);
    registry.register(stages);
  }

  /**
   * Takes one upload.
   *
   * @param fileName for people only, never opened
   * @param submitter who hands it in
   * @param content read to its end, not closed
   * @throws UploadRefusedException when the content cannot be a video or is too large
   * @throws IOException when it could not be read, stored or published; nothing is kept then
   */
  public VideoUpload accept(String fileName, String submitter, InputStream content)
      throws IOException, UploadRefusedException {
    VideoUpload described =
        VideoUpload.newBuilder()
            .setVideoId(UUID.randomUUID().toString())
            .setFileName(fileName)
            .setSubmitter(submitter)
            .build();
    return accept(described, content, stored -> Optional.empty());
  }

  /**
   * Takes one upload under an id that the caller chose, unless its content is known.
   *
   * @param described what is known without the content
   * @return the upload that was published, or the earlier one
   */
  VideoUpload accept(VideoUpload described, InputStream content, EarlierUploads earlier)
      throws IOException, UploadRefusedException {
    TimedInputStream timed = new TimedInputStream(content);
    byte[] head = timed.readNBytes(ContainerSignature.BYTES);
    ContainerSignature signature = ContainerSignature.of(head);
    if (signature.refusal().isPresent()) {
      throw refuse(signature);
    }
    if (journal == null) {
      return store(described, head, timed, earlier);
    }
    journal.begin(described.getVideoId());
    try {
      return store(described, head, timed, earlier);
    } finally {
      journal.end(described.getVideoId());
    }
  }

  private VideoUpload store(
      VideoUpload described, byte[] head, TimedInputStream content, EarlierUploads earlier)
      throws IOException, UploadRefusedException {
    String videoId = described.getVideoId();
    long began = System.nanoTime();
    double receivedBefore = content.seconds();
    ObjectStore.Stored stored = put(videoId, head, content);
    double storing =
        (System.nanoTime() - began) / NANOS_PER_SECOND - (content.seconds() - receivedBefore);
    VideoUpload upload =
        described.toBuilder()
            .setSourceUri(stored.uri().toString())
            .setContentSha256(stored.sha256())
            .setSizeBytes(stored.bytes())
            .setReceivedTimeUs(MicrosecondClock.now())
            .build();
    Optional<VideoUpload> known = earlier.find(upload);
    if (known.isPresent()) {
      if (!known.get().getVideoId().equals(videoId)) { // else it is the video's own content
        store.delete(stored.uri());
      }
      deduplicated.inc();
      return known.get();
    }
    began = System.nanoTime();
    publish(upload, stored.uri());
    stages.labels("receive").observe(content.seconds());
    stages.labels("store").observe(storing);
    stages.labels("announce").observe((System.nanoTime() - began) / NANOS_PER_SECOND);
    uploads.inc();
    bytes.inc(stored.bytes());
    return upload;
  }

  private ObjectStore.Stored put(String videoId, byte[] head, InputStream content)
      throws IOException, UploadRefusedException {
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), content);
    try {
      return store.put(ObjectKeys.video(videoId), whole, limits.maxBytes());
    } catch (ObjectTooLargeException e) {
      throw tooLarge();
    }
  }

  /** Refuses content that is known to be too large, before it is read. */
  void requireSize(long bytes) throws UploadRefusedException {
    if (bytes > limits.maxBytes()) {
      throw tooLarge();
    }
  }

  private UploadRefusedException tooLarge() {
    return refuse(
        FailureReason.TOO_LARGE,
        "the file has more than the "
            + limits.maxBytes()
            + " bytes allowed; upload a smaller version");
  }

  private void publish(VideoUpload upload, URI stored) throws IOException {
    boolean published = false;
    try {
      sink.publish(upload);
      published = true;
    } finally {
      if (!published) {
        store.delete(stored);
      }
    }
  }

  /**
   * Removes content that an earlier process stored and did not announce before it died.
   *
   * @param announced whether a video was
   * @throws IOException when some of it cannot be removed now; it may be tried again
   */
  void removeInterrupted(Predicate<String> announced) throws IOException {
    if (journal == null) {
      return;
    }
    journal.resolve(
        videoId -> {
          if (!announced.test(videoId)) {
            store.delete(store.uri(ObjectKeys.video(videoId)));
            LOG.info("upload {} was interrupted before it was announced; removed", videoId);
          }
        });
  }

  /** Counts and explains the refusal of content by its first bytes, for who looked at them. */
  public UploadRefusedException refuse(ContainerSignature signature) {
    return refuse(signature.refusal().orElseThrow(), signature.explanation());
  }

  private UploadRefusedException refuse(FailureReason reason, String message) {
    refused.labels(reason.name().toLowerCase(Locale.ROOT)).inc();
    return new UploadRefusedException(reason, message);
  }
}
