package io.framewarden.ingest.publish;

import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** What extraction counts. Safe for several threads. */
final class IngestMetrics {
  private static final double MICROS = 1e6;

  private final Counter videos =
      Counter.build("framewarden_videos_extracted", "Markers published, by outcome.")
          .labelNames("outcome")
          .create();
  private final Counter pictures =
      Counter.build("framewarden_pictures_decoded", "Pictures decoded of extracted videos.")
          .create();
  private final Counter faces =
      Counter.build("framewarden_face_frames", "Face frames published.").create();
  private final Histogram waited =
      Histogram.build(
              "framewarden_extraction_wait_seconds",
              "From an upload's receipt to the beginning of its extraction.")
          .buckets(0.1, 0.5, 1, 5, 30, 60, 300, 1800, 7200, 43200)
          .create();
  private final Histogram decoding =
      Histogram.build(
              "framewarden_extraction_decode_seconds",
              "Of an extraction: decoding, detection and alignment, with the fetching of content.")
          .buckets(0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
          .create();
  private final Histogram publishing =
      Histogram.build(
              "framewarden_extraction_publish_seconds",
              "Of an extraction: until Kafka had its face frames, as far as it waited for that.")
          .buckets(0.01, 0.05, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300)
          .create();
  private final Counter ignored =
      Counter.build(
              "framewarden_faces_ignored", "Faces left out as FRAMEWARDEN_FACE_IGNORE_UNDER says.")
          .create();
  private final Counter cuts =
      Counter.build("framewarden_scene_changes", "Changes of scene that ended tracks.").create();
  private final Histogram seconds =
      Histogram.build("framewarden_extraction_seconds", "From an upload's start to its marker.")
          .buckets(0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
          .create();

  IngestMetrics(CollectorRegistry registry) {
    registry.register(videos);
    registry.register(pictures);
    registry.register(faces);
    registry.register(waited);
    registry.register(decoding);
    registry.register(publishing);
    registry.register(ignored);
    registry.register(cuts);
    registry.register(seconds);
  }

  void begun(VideoUpload upload) {
    if (upload.getReceivedTimeUs() > 0) {
      double now = System.currentTimeMillis() / 1e3;
      waited.observe(Math.max(0, now - upload.getReceivedTimeUs() / MICROS));
    }
  }

  void stages(double decodeSeconds, double publishSeconds) {
    decoding.observe(decodeSeconds);
    publishing.observe(publishSeconds);
  }

  void face() {
    faces.inc();
  }

  void extracted(VideoMarker marker) {
    boolean failed = marker.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
    String good = marker.getFaceFrames() == 0 ? "no_face" : "faces";
    videos.labels(failed ? DeadLetters.label(marker.getFailure()) : good).inc();
    pictures.inc(marker.getDecodedFrames());
    ignored.inc(marker.getIgnoredFaces());
    cuts.inc(marker.getCuts());
    seconds.observe((marker.getFinishedTimeUs() - marker.getStartedTimeUs()) / MICROS);
  }
}
