package io.framewarden.ingest.kafka;

import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** Metrics of extraction. Safe for several threads. */
final class IngestMetrics {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Counter videos =
      Counter.build("framewarden_videos_extracted", "Markers published, by outcome.")
          .labelNames("outcome")
          .create();
  private final Counter frames =
      Counter.build("framewarden_frames_decoded", "Video frames decoded.").create();
  private final Counter faces =
      Counter.build("framewarden_face_frames", "Face frames published.").create();
  private final Histogram waited =
      Histogram.build(
              "framewarden_extraction_wait_seconds",
              "Seconds from an upload's receipt to the start of its extraction.")
          .buckets(0.1, 0.5, 1, 5, 30, 60, 300, 1800, 7200, 43200)
          .create();
  private final Histogram decoding =
      Histogram.build(
              "framewarden_extraction_decode_seconds",
              "Seconds of an extraction for fetching, decoding, detection and alignment.")
          .buckets(0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
          .create();
  private final Histogram stages =
      Histogram.build(
              "framewarden_extraction_stage_seconds",
              "Seconds that a video spent in a stage of its extraction, added up over the threads"
                  + " that were in it; stages overlap.")
          .labelNames("stage")
          .buckets(0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 60, 300, 1800)
          .create();
  private final Counter ignored =
      Counter.build(
              "framewarden_faces_ignored", "Faces left out as FRAMEWARDEN_FACE_IGNORE_UNDER says.")
          .create();
  private final Counter cuts =
      Counter.build("framewarden_scene_cuts", "Scene cuts, each of which ended all tracks.")
          .create();
  private final Histogram seconds =
      Histogram.build(
              "framewarden_extraction_seconds",
              "Seconds from the start of an extraction to its marker.")
          .buckets(0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
          .create();

  private final Counter retried =
      Counter.build(
              "framewarden_extraction_retries",
              "Extractions begun again that had failed for a reason that is not the video's.")
          .create();
  private final Counter givenUp =
      Counter.build(
              "framewarden_extractions_given_up",
              "Videos that are INCOMPLETE for good, after the last try of their extraction, by"
                  + " reason.")
          .labelNames("reason")
          .create();

  IngestMetrics(CollectorRegistry registry) {
    registry.register(videos);
    registry.register(frames);
    registry.register(faces);
    registry.register(waited);
    registry.register(decoding);
    registry.register(stages);
    registry.register(ignored);
    registry.register(cuts);
    registry.register(seconds);
    registry.register(retried);
    registry.register(givenUp);
  }

  void started(VideoUpload upload) {
    if (upload.getReceivedTimeUs() > 0) {
      double now = System.currentTimeMillis() / 1e3;
      waited.observe(Math.max(0, now - upload.getReceivedTimeUs() / MICROS_PER_SECOND));
    }
  }

  /**
   * Where the time of one extraction went.
   *
   * @param times of the stages it came to; the others are not observed
   * @param decodeSeconds from its start to its end, but for publishing and for waiting
   * @param publishSeconds until Kafka had its face frames, as far as it waited for that
   */
  void stages(StageTimes times, double decodeSeconds, double publishSeconds) {
    times
        .spent()
        .forEach(
            (stage, time) ->
                stages.labels(stage.label()).observe(time.toNanos() / NANOS_PER_SECOND));
    stages.labels("publish").observe(publishSeconds);
    decoding.observe(decodeSeconds);
  }

  void face() {
    faces.inc();
  }

  void retried() {
    retried.inc();
  }

  void extracted(VideoMarker marker) {
    if (marker.getFailedTries() > 0 && marker.getRetryAtUs() == 0) {
      givenUp.labels(DeadLetters.label(marker.getFailure())).inc();
    }
    boolean failed = marker.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
    String good = marker.getFaceFrames() == 0 ? "no_face" : "faces";
    videos.labels(failed ? DeadLetters.label(marker.getFailure()) : good).inc();
    frames.inc(marker.getDecodedFrames());
    ignored.inc(marker.getIgnoredFaces());
    cuts.inc(marker.getCuts());
    seconds.observe((marker.getFinishedTimeUs() - marker.getStartedTimeUs()) / MICROS_PER_SECOND);
  }
}
