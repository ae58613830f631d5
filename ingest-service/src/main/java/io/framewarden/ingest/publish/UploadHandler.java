package io.framewarden.ingest.publish;

import io.framewarden.ingest.extract.UploadExtraction;
import io.framewarden.ingest.progress.ExtractionWatch;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record of video-uploads to everything that follows from it: face frames, then the marker, or
 * a dead letter. All of it has been acknowledged when {@link #handle} returns. One thread.
 */
final class UploadHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UploadHandler.class);

  private final UploadExtraction extraction;
  private final RecordPublisher publisher;
  private final DeadLetters deadLetters;
  private final IngestMetrics metrics;
  private final ExtractionWatch watch;

  UploadHandler(
      UploadExtraction extraction,
      RecordPublisher publisher,
      DeadLetters deadLetters,
      IngestMetrics metrics,
      ExtractionWatch watch) {
    this.extraction = extraction;
    this.publisher = publisher;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.watch = watch;
  }

  /**
   * Handles one record.
   *
   * @throws PublishException fatal
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  void handle(ConsumerRecord<byte[], byte[]> record) throws PublishException {
    if (record.value() == null && record.key() != null) {
      return; // the tombstone of a deleted video: there is nothing to extract
    }
    try {
      VideoUpload upload = Topics.VIDEO_UPLOADS.value().decode(record.value());
      if (upload == null) {
        throw new UnreadableMessageException(
            FailureReason.UNREADABLE_MESSAGE, "an upload without a value");
      }
      extract(upload);
    } catch (UnreadableMessageException e) {
      publisher.send(deadLetters.letter(record, e.reason(), e.getMessage()));
      publisher.awaitAcknowledged();
    }
  }

  private void extract(VideoUpload upload) throws PublishException {
    VideoMarker marker =
        extraction.run(
            upload,
            frame -> {
              publisher.send(Topics.FACE_FRAMES, null, frame);
              metrics.face();
              watch.sent(frame);
            });
    publisher.awaitAcknowledged();
    publisher.send(Topics.VIDEO_MARKERS, marker.getVideoId(), marker);
    publisher.awaitAcknowledged();
    metrics.extracted(marker);
    LOG.info(
        "video {}: {} pictures, {} looked at, {} faces of {} people{}",
        marker.getVideoId(),
        marker.getDecodedFrames(),
        marker.getSampledFrames(),
        marker.getFaceFrames(),
        marker.getTracks(),
        marker.getFailureMessage().isEmpty() ? "" : "; " + marker.getFailureMessage());
  }
}
