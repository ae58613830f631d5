package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.ingest.status.ExtractionListener;
import io.framewarden.ingest.status.PendingRetry;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadHandlerTest {
  @TempDir Path folder;

  private final CollectorRegistry registry = new CollectorRegistry();
  private final FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults());
  private FileObjectStore store;
  private MockProducer<byte[], byte[]> producer;
  private UploadHandler handler;
  private final List<FaceFrame> watched = new ArrayList<>();
  private final List<VideoMarker> ended = new ArrayList<>();
  private final Set<String> deleted = new HashSet<>();

  @BeforeEach
  void wire() throws IOException {
    store = new FileObjectStore(folder.resolve("store"));
    producer = producer(true);
    handler = handler(producer);
  }

  @AfterEach
  void closeDetector() {
    detector.close();
  }

  @Test
  void publishesFramesThenTheirMarker() throws Exception {
    VideoUpload upload = stored(SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 1));
    handle(record(upload.toByteArray()));
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    VideoMarker marker = marker();
    assertEquals(10, marker.getFaceFrames());
    assertEquals(11, sent.size());
    assertEquals(upload.getContentSha256(), marker.getContentSha256());
    assertEquals("4/s, at least 32", marker.getSampling());
    assertEquals(TrackingPolicy.defaults().text(), marker.getTracking());
    for (int seq = 0; seq < 10; seq++) {
      FaceFrame frame = Topics.FACE_FRAMES.value().decode(sent.get(seq).value());
      assertEquals(Topics.FACE_FRAMES.name(), sent.get(seq).topic());
      assertEquals(null, sent.get(seq).key());
      assertEquals(seq, frame.getSeq());
      assertEquals(marker.getAttempt(), frame.getAttempt());
      assertEquals(marker.getExtractionDigest(), frame.getExtractionDigest());
    }
    assertEquals(10, registry.getSampleValue("framewarden_face_frames_total"));
    assertEquals(10, watched.size());
  }

  @Test
  void whereTheTimeOfAVideoWentIsTold() throws Exception {
    VideoUpload face = stored(SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 1));
    handle(record(face.toByteArray()));
    for (String stage :
        List.of("fetch", "probe", "decode", "convert", "detect", "track", "align", "publish")) {
      assertEquals(1.0, stage("count", stage), stage);
      assertTrue(stage("sum", stage) > 0, stage);
    }
    assertEquals(null, stage("count", "decoder_wait"), "this process decodes");
  }

  @Test
  void aVideoThatFailsTellsOfTheStagesItCameTo() throws Exception {
    VideoUpload text = stored(Files.writeString(folder.resolve("t.mp4"), "not a video"));
    handle(record(text.toByteArray()));
    assertEquals(FailureReason.NOT_A_VIDEO, marker().getFailure());
    handle(record(text.toBuilder().setContentSha256("00").build().toByteArray()));
    assertEquals(FailureReason.SOURCE_MISMATCH, marker().getFailure());
    assertEquals(2.0, stage("count", "fetch"));
    assertEquals(1.0, stage("count", "probe"));
    assertEquals(null, stage("count", "decode"));
  }

  @Test
  void theTombstoneOfADeletedVideoIsNothingToExtract() throws Exception {
    byte[] key = Topics.VIDEO_UPLOADS.key().encode("v1");
    handle(new ConsumerRecord<>(Topics.VIDEO_UPLOADS.name(), 0, 5, key, null));
    assertTrue(producer.history().isEmpty());
  }

  @Test
  void aRetryIsAHigherAttempt() throws Exception {
    VideoUpload upload = stored(SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 64, 48, 5, 1));
    handle(record(upload.toByteArray()));
    long first = marker().getAttempt();
    assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, marker().getFailure());
    handle(record(upload.toByteArray()));
    assertTrue(marker().getAttempt() > first);
  }

  @Test
  void changedOrMissingContentGivesAMarkerWithTheReason() throws Exception {
    VideoUpload upload = stored(SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 64, 48, 5, 1));
    handle(record(upload.toBuilder().setContentSha256("00").build().toByteArray()));
    assertEquals(FailureReason.SOURCE_MISMATCH, marker().getFailure());
    handle(record(upload.toBuilder().setSizeBytes(3).build().toByteArray()));
    assertEquals(FailureReason.SOURCE_MISMATCH, marker().getFailure());
    for (String uri : List.of("file:///etc/passwd", upload.getSourceUri() + "x", "not a uri")) {
      handle(record(upload.toBuilder().setSourceUri(uri).build().toByteArray()));
      assertEquals(FailureReason.SOURCE_MISSING, marker().getFailure(), uri);
    }
  }

  @Test
  void whatIsNotTheVideosFaultIsTriedAgainUntilItIsGivenUp() throws Exception {
    VideoUpload upload =
        stored(SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 64, 48, 5, 1)).toBuilder()
            .setContentSha256("00")
            .build();
    handle(record(upload.toByteArray()));
    for (int failed = 1; failed <= 2; failed++) {
      assertEquals(failed, marker().getFailedTries());
      long wait = marker().getRetryAtUs() - marker().getFinishedTimeUs();
      assertTrue(wait >= (failed == 1 ? 300e6 : 900e6) && wait < 1000e6, failed + ": " + wait);
      finish(handler.retry(new PendingRetry(upload, failed)));
    }
    assertEquals(3, marker().getFailedTries());
    assertEquals(0, marker().getRetryAtUs());
    assertEquals(List.of(1, 2, 3), ended.stream().map(VideoMarker::getFailedTries).toList());
    assertEquals(2, registry.getSampleValue("framewarden_extraction_retries_total"));
    assertEquals(
        1,
        registry.getSampleValue(
            "framewarden_extractions_given_up_total",
            new String[] {"reason"},
            new String[] {"source_mismatch"}));
    assertEquals(1, registry.getSampleValue("framewarden_extraction_wait_seconds_count"));
  }

  @Test
  void whatIsTheVideosFaultIsNotTriedAgain() throws Exception {
    VideoUpload text = stored(Files.writeString(folder.resolve("t.mp4"), "not a video"));
    handle(record(text.toByteArray()));
    assertEquals(FailureReason.NOT_A_VIDEO, marker().getFailure());
    assertEquals(0, marker().getFailedTries());
    assertEquals(0, marker().getRetryAtUs());
  }

  @Test
  void anUnreadableUploadBecomesADeadLetterWithItsBytes() throws Exception {
    handle(record(new byte[] {9, 9, 9}));
    ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
    assertEquals(Topics.DEAD_LETTERS.name(), letter.topic());
    assertEquals(3, letter.value().length);
    assertEquals(1, producer.history().size());
  }

  @Test
  void aRecordThatKafkaDoesNotTakeIsFatal() throws Exception {
    VideoUpload upload = stored(SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 1));
    MockProducer<byte[], byte[]> failing = producer(true);
    failing.sendException = new TimeoutException("broker gone");
    assertThrows(
        PublishException.class, () -> handler(failing).handle(record(upload.toByteArray())));
    assertFalse(failing.closed());
  }

  @Test
  void aVideoThatIsKnownToBeDeletedIsNotExtracted() throws Exception {
    VideoUpload upload = stored(SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 64, 48, 5, 1));
    byte[] key = Topics.VIDEO_UPLOADS.key().encode("v1");
    deleted.add("v1");
    handle(new ConsumerRecord<>(Topics.VIDEO_UPLOADS.name(), 0, 5, key, upload.toByteArray()));
    assertTrue(producer.history().isEmpty());
  }

  @Test
  void nothingCountsBeforeItIsCommitted() throws Exception {
    VideoUpload upload = stored(SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 64, 48, 5, 1));
    HandlingResult handled = handler.handle(record(upload.toByteArray()));
    assertTrue(producer.history().isEmpty(), "the marker is not the handler's to send");
    assertEquals(null, outcome("no_face"));
    handled.whenCommitted().run();
    assertEquals(1.0, outcome("no_face"));
  }

  /** As the consumer does: what ends the handling is sent, and then it counts. */
  private void handle(ConsumerRecord<byte[], byte[]> record) throws PublishException {
    finish(handler.handle(record));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a MockProducer answers at once
  private void finish(HandlingResult handled) {
    if (handled.last() != null) {
      producer.send(handled.last());
    }
    handled.whenCommitted().run();
  }

  private Double outcome(String label) {
    return registry.getSampleValue(
        "framewarden_videos_extracted_total", new String[] {"outcome"}, new String[] {label});
  }

  private Double stage(String what, String label) {
    return registry.getSampleValue(
        "framewarden_extraction_stage_seconds_" + what,
        new String[] {"stage"},
        new String[] {label});
  }

  private UploadHandler handler(MockProducer<byte[], byte[]> to) {
    registry.clear();
    return new UploadHandler(
        new UploadExtraction(
            store,
            new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults())),
        new RecordPublisher(to),
        new DeadLetters(registry),
        new IngestMetrics(registry),
        new ExtractionListener() {
          @Override
          public void sent(FaceFrame frame) {
            watched.add(frame);
          }

          @Override
          public void extracted(VideoMarker marker) {
            ended.add(marker);
          }

          @Override
          public boolean isDeleted(String videoId) {
            return deleted.contains(videoId);
          }
        },
        () -> {},
        new RetryConfig(2, Duration.ofMinutes(5), Duration.ofHours(1)));
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private VideoMarker marker() {
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    ProducerRecord<byte[], byte[]> last = sent.get(sent.size() - 1);
    assertEquals(Topics.VIDEO_MARKERS.name(), last.topic());
    return Topics.VIDEO_MARKERS.value().decode(last.value());
  }

  private VideoUpload stored(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      ObjectStore.Stored object = store.put("uploads/v1", in, 1 << 30);
      return VideoUpload.newBuilder()
          .setVideoId("v1")
          .setSourceUri(object.uri().toString())
          .setContentSha256(object.sha256())
          .setSizeBytes(object.bytes())
          .setReceivedTimeUs(1)
          .build();
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>(Topics.VIDEO_UPLOADS.name(), 0, 5, null, value);
  }
}
