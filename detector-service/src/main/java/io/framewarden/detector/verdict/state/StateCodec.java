package io.framewarden.detector.verdict.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.detector.verdict.state.v1.StoredModel;
import io.framewarden.detector.verdict.state.v1.StoredTrack;
import io.framewarden.detector.verdict.state.v1.StoredVideo;
import io.framewarden.v1.EvidenceFrame;
import io.framewarden.v1.VideoMarker;
import java.util.BitSet;

/** Encodes a {@link VideoState} for the store and decodes it again. Stateless. */
public final class StateCodec {
  /** The only format that is written and read. */
  static final int FORMAT = 1;

  private StateCodec() {}

  public static byte[] encode(VideoState state) {
    StoredVideo.Builder stored =
        StoredVideo.newBuilder()
            .setFormat(FORMAT)
            .setAttempt(state.attempt)
            .setRevision(state.revision)
            .setFirstSeenMs(state.firstSeenMs)
            .setLastSeenMs(state.lastSeenMs)
            .setMarkerSeenMs(state.markerSeenMs)
            .setEmittedMs(state.emittedMs)
            .setEmittedFrames(state.emittedFrames)
            .setOverdue(state.overdue)
            .setFinalEmitted(state.finalEmitted)
            .setFinished(state.finished)
            .setEmittedDigest(state.emittedDigest)
            .setDiscarded(bytes(state.models.discarded))
            .setRequested(bytes(state.requested))
            .setRequestedDigest(state.requestedDigest);
    if (state.marker != null) {
      stored.setMarker(state.marker.toBuilder().clearVideoId().build().toByteString());
    }
    state.models.all().stream()
        .sorted(ModelScores.BY_RELEASE)
        .forEach(model -> stored.addModels(encodeModel(model)));
    state.offsets.encodeTo(stored);
    return stored.build().toByteArray();
  }

  /**
   * Reads stored bytes; null gives null.
   *
   * @throws IllegalStateException when they are damaged or of another format
   */
  public static VideoState decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return decode(StoredVideo.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("stored state of a video is damaged", e);
    }
  }

  private static VideoState decode(StoredVideo stored) throws InvalidProtocolBufferException {
    if (stored.getFormat() != FORMAT) {
      throw new IllegalStateException(
          "the stored state of a video has format "
              + stored.getFormat()
              + ", this version reads format "
              + FORMAT);
    }
    VideoState state = new VideoState(stored.getAttempt(), stored.getFirstSeenMs());
    state.revision = stored.getRevision();
    state.lastSeenMs = stored.getLastSeenMs();
    state.markerSeenMs = stored.getMarkerSeenMs();
    state.emittedMs = stored.getEmittedMs();
    state.emittedFrames = stored.getEmittedFrames();
    state.overdue = stored.getOverdue();
    state.finalEmitted = stored.getFinalEmitted();
    state.finished = stored.getFinished();
    if (stored.getMarkerSeenMs() > 0) {
      state.marker = VideoMarker.parseFrom(stored.getMarker());
    }
    state.emittedDigest = stored.getEmittedDigest();
    state.requestedDigest = stored.getRequestedDigest();
    state.requested.or(bits(stored.getRequested()));
    state.models.discarded.or(bits(stored.getDiscarded()));
    for (StoredModel model : stored.getModelsList()) {
      state.models.put(decodeModel(model));
    }
    state.offsets.decodeFrom(stored);
    return state;
  }

  private static StoredModel encodeModel(ModelScores model) {
    StoredModel.Builder stored =
        StoredModel.newBuilder()
            .setDigest(model.digest())
            .setReleaseTimeUs(model.releaseTimeUs())
            .setScored(ByteString.copyFrom(model.completeness.scoredBits()))
            .setFailed(ByteString.copyFrom(model.completeness.failedBits()))
            .addAllVersions(model.origins.modelVersions)
            .addAllEngines(model.origins.engines)
            .setExtractionDigest(model.origins.extractionDigest)
            .setExtractionMismatch(model.origins.extractionMismatch)
            .setLastScoreUs(model.origins.lastScoreUs);
    model.tracks.values().forEach(track -> stored.addTracks(TrackCodec.encode(track)));
    model.evidence.frames().forEach(frame -> stored.addEvidence(frame.toByteString()));
    return stored.build();
  }

  private static ModelScores decodeModel(StoredModel stored) throws InvalidProtocolBufferException {
    ModelScores model =
        new ModelScores(
            stored.getDigest(),
            stored.getReleaseTimeUs(),
            new FrameCompleteness(bits(stored.getScored()), bits(stored.getFailed())));
    model.origins.modelVersions.addAll(stored.getVersionsList());
    model.origins.engines.addAll(stored.getEnginesList());
    model.origins.extractionDigest = stored.getExtractionDigest();
    model.origins.extractionMismatch = stored.getExtractionMismatch();
    model.origins.lastScoreUs = stored.getLastScoreUs();
    for (StoredTrack track : stored.getTracksList()) {
      model.tracks.put(track.getTrackId(), TrackCodec.decode(track));
    }
    for (ByteString frame : stored.getEvidenceList()) {
      model.evidence.append(EvidenceFrame.parseFrom(frame));
    }
    return model;
  }

  private static BitSet bits(ByteString bytes) {
    return BitSet.valueOf(bytes.toByteArray());
  }

  private static ByteString bytes(BitSet bits) {
    return ByteString.copyFrom(bits.toByteArray());
  }
}
