package io.framewarden.detector.verdict.state;

import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.detector.verdict.state.v1.StoredModel;
import io.framewarden.detector.verdict.state.v1.StoredVideo;

/**
 * Reads the models of a video that format 1 stored, which kept the scores of all models as one.
 * Where there was one, all is as it was. Scores that were mixed cannot be taken apart: those frames
 * are in, but without a place where they could be scored again, and the video ends INCOMPLETE.
 */
final class FormatOne {
  private FormatOne() {}

  static void read(StoredVideo stored, VideoState state) throws InvalidProtocolBufferException {
    if (stored.getModelDigestsCount() > 1) {
      state.models.lost.or(StateCodec.bits(stored.getScored()));
      state.models.lost.or(StateCodec.bits(stored.getFailed()));
      return;
    }
    String digest = stored.getModelDigestsCount() == 0 ? "" : stored.getModelDigests(0);
    if (stored.getScored().isEmpty() && stored.getFailed().isEmpty()) {
      return;
    }
    state.reportedDigest = digest;
    state.models.put(
        StateCodec.readModel(
            StoredModel.newBuilder()
                .setDigest(digest)
                .setScored(stored.getScored())
                .setFailed(stored.getFailed())
                .addAllTracks(stored.getTracksList())
                .addAllEvidence(stored.getEvidenceList())
                .addAllVersions(stored.getModelVersionsList())
                .addAllEngines(stored.getEnginesList())
                .setExtractionDigest(stored.getExtractionDigest())
                .setExtractionMismatch(stored.getExtractionMismatch())
                .setLastScoreUs(stored.getLastScoreUs())
                .build()));
  }
}
