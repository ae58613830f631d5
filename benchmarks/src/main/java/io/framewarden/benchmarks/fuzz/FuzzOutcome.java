package io.framewarden.benchmarks.fuzz;

import io.framewarden.ingest.kafka.UploadExtraction;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import io.framewarden.v1.VideoUpload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How an upload ended.
 *
 * @param faces digests of the face frames of the marker's attempt, in their order
 */
record FuzzOutcome(VideoMarker marker, List<String> faces) {
  private static final Set<FailureReason> DAMAGE =
      Set.of(FailureReason.CORRUPT, FailureReason.NO_FRAMES);

  /** FFmpeg's decoders of these codecs fill what is missing from other frames and do not say so. */
  private static final Set<String> SILENT = Set.of("ffv1", "vp8");

  /** Extracts an upload. */
  static FuzzOutcome of(UploadExtraction extraction, VideoUpload upload) {
    List<String> faces = new ArrayList<>();
    long[] attempt = new long[1];
    VideoMarker marker =
        extraction.run(
            upload,
            face -> {
              if (face.getAttempt() != attempt[0]) {
                faces.clear();
                attempt[0] = face.getAttempt();
              }
              FaceFrame timeless = face.toBuilder().clearAttempt().build();
              faces.add(Sha256.of(timeless.toByteArray()));
            });
    return new FuzzOutcome(marker, marker.getAttempt() == attempt[0] ? faces : List.of());
  }

  /** Whether another extraction of the same upload gave the same marker and faces. */
  boolean isSameAs(FuzzOutcome other) {
    return timeless().equals(other.timeless()) && faces.equals(other.faces);
  }

  /** Whether frames are damaged: what a decoder shows instead of them depends on its threads. */
  boolean isDamaged() {
    return DAMAGE.contains(marker.getFailure())
        || marker.getStreamsList().stream().anyMatch(FuzzOutcome::isDamaged);
  }

  /** Whether there are frames, and nobody knows whether they are damaged. */
  boolean isSilent() {
    return marker.getStreamsList().stream().anyMatch(stream -> SILENT.contains(stream.getCodec()));
  }

  private static boolean isDamaged(VideoStream stream) {
    return stream.getDamagedFrames() > 0
        || stream.getUndecodablePackets() > 0
        || DAMAGE.contains(stream.getFailure());
  }

  private VideoMarker timeless() {
    return marker.toBuilder().clearAttempt().clearStartedTimeUs().clearFinishedTimeUs().build();
  }
}
