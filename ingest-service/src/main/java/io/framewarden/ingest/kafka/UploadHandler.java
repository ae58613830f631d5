package io.framewarden.ingest.kafka;

import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.ingest.status.ExtractionListener;
import io.framewarden.ingest.status.PendingRetry;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.text.CountText;
import io.framewarden.schemas.topic.RetryableFailures;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record of video-uploads to everything that follows from it: face frames, then the marker, or
 * a dead letter. The frames have been acknowledged when {@link #handle} returns; the marker or the
 * letter is left to whoever commits the record. One thread, but for {@link #isDeleted}.
 */
final class UploadHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UploadHandler.class);

  private final UploadExtraction extraction;
  private final RecordPublisher publisher;
  private final DeadLetters deadLetters;
  private final IngestMetrics metrics;
  private final ExtractionListener listener;
  private final Throttle throttle;
  private final RetryConfig retries;

  /** Waits until a frame may be published. */
  @FunctionalInterface
  interface Throttle {
    void await() throws InterruptedException;
  }

  UploadHandler(
      UploadExtraction extraction,
      RecordPublisher publisher,
      DeadLetters deadLetters,
      IngestMetrics metrics,
      ExtractionListener listener,
      Throttle throttle,
      RetryConfig retries) {
    this.extraction = extraction;
    this.publisher = publisher;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.listener = listener;
    this.throttle = throttle;
    this.retries = retries;
  }

  /**
   * Handles one record.
   *
   * @return the marker or dead letter that ends it
   * @throws PublishException fatal
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  HandlingResult handle(ConsumerRecord<byte[], byte[]> record) throws PublishException {
    if (record.key() != null && (record.value() == null || isDeleted(record.key()))) {
      return HandlingResult
          .NOTHING; // a deleted video, or its tombstone: there is nothing to extract
    }
    try {
      VideoUpload upload = Topics.VIDEO_UPLOADS.value().decode(record.value());
      if (upload == null) {
        throw new UnreadableMessageException(
            FailureReason.UNREADABLE_MESSAGE, "an upload without a value");
      }
      return extract(upload, 0);
    } catch (UnreadableMessageException e) {
      return new HandlingResult(
          DeadLetters.uncounted(record, e.reason(), e.getMessage()),
          () ->
              deadLetters.count(
                  record.topic(), record.partition(), record.offset(), e.reason(), e.getMessage()));
    }
  }

  /**
   * Tries an extraction again.
   *
   * @return the marker that ends it
   * @throws PublishException fatal
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  HandlingResult retry(PendingRetry retry) throws PublishException {
    VideoUpload upload = retry.upload();
    LOG.info(
        "video {} is tried again, after {}",
        upload.getVideoId(),
        CountText.of(retry.failedTries(), "failure"));
    metrics.retried();
    return extract(upload, retry.failedTries());
  }

  /** Whether a record's video is known to be deleted; its key may be null. */
  boolean isDeleted(byte[] key) {
    return key != null && listener.isDeleted(Topics.VIDEO_UPLOADS.key().decode(key));
  }

  private HandlingResult extract(VideoUpload upload, int failedTries) throws PublishException {
    awaitThrottle(); // before a decoder is taken, too
    if (failedTries == 0) {
      metrics.started(upload);
    }
    StageTimings clock = new StageTimings();
    AtomicReference<StageTimes> times = new AtomicReference<>(StageTimes.NONE);
    VideoMarker ended =
        extraction.run(
            upload,
            frame -> {
              clock.toWaiting();
              awaitThrottle();
              clock.toPublishing();
              publisher.send(Topics.FACE_FRAMES, null, frame);
              metrics.face();
              listener.sent(frame);
              clock.toDecoding();
            },
            times::set);
    clock.toPublishing();
    publisher.awaitAcknowledged();
    metrics.stages(times.get(), clock.decodingSeconds(), clock.publishingSeconds());
    VideoMarker marker = withRetry(ended, failedTries);
    return new HandlingResult(
        new ProducerRecord<>(
            Topics.VIDEO_MARKERS.name(),
            Topics.VIDEO_MARKERS.key().encode(marker.getVideoId()),
            Topics.VIDEO_MARKERS.value().encode(marker)),
        () -> extracted(marker));
  }

  /** Says when the extraction is tried again, where it failed and the video is not to blame. */
  private VideoMarker withRetry(VideoMarker ended, int failedTries) {
    if (!RetryableFailures.contains(ended.getFailure())) {
      return ended;
    }
    int failed = failedTries + 1;
    VideoMarker.Builder marker = ended.toBuilder().setFailedTries(failed);
    if (retries.isLeft(failed)) {
      marker.setRetryAtUs(MicrosecondClock.of(Instant.now().plus(retries.waitAfter(failed))));
    }
    return marker.build();
  }

  private void awaitThrottle() {
    try {
      throttle.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the extraction was told to stop");
    }
  }

  private void extracted(VideoMarker marker) {
    metrics.extracted(marker);
    listener.extracted(marker);
    LOG.info(
        "video {}: {} frames decoded, {} sampled, {} faces in {} tracks{}",
        marker.getVideoId(),
        marker.getDecodedFrames(),
        marker.getSampledFrames(),
        marker.getFaceFrames(),
        marker.getTracks(),
        marker.getFailureMessage().isEmpty() ? "" : "; " + marker.getFailureMessage());
  }
}
