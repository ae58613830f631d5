package io.framewarden.ingest.publish;

import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
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
    registry.register(ignored);
    registry.register(cuts);
    registry.register(seconds);
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
