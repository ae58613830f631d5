package io.framewarden.detector.verdict.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.framewarden.detector.verdict.state.v1.StoredTrack;
import io.framewarden.detector.verdict.state.v1.StoredVideo;
import io.framewarden.v1.EvidenceFrame;
import io.framewarden.v1.VideoMarker;
import java.util.BitSet;
import java.util.Map;

/** The stored bytes of a {@link VideoState}. Stateless. */
public final class StateCodec {
  /** The format that this version writes, and the highest that it reads. */
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
            .setReportedFrames(state.reportedFrames)
            .setOverdue(state.overdue)
            .setFinalGiven(state.finalGiven)
            .setFinished(state.finished)
            .setScored(ByteString.copyFrom(state.ledger.scoredBits()))
            .setFailed(ByteString.copyFrom(state.ledger.failedBits()))
            .addAllModelDigests(state.origins.modelDigests)
            .addAllModelVersions(state.origins.modelVersions)
            .addAllEngines(state.origins.engines)
            .setExtractionDigest(state.origins.extractionDigest)
            .setExtractionMismatch(state.origins.extractionMismatch)
            .setLastScoreUs(state.origins.lastScoreUs);
    if (state.marker != null) {
      stored.setMarker(state.marker.toBuilder().clearVideoId().build().toByteString());
    }
    state.tracks.values().forEach(track -> stored.addTracks(storedTrack(track)));
    state.evidence.frames().forEach(frame -> stored.addEvidence(frame.toByteString()));
    return stored.build().toByteArray();
  }

  /**
   * Reads stored bytes; null gives null.
   *
   * @throws IllegalStateException when the bytes were not written by this or an earlier version
   */
  public static VideoState decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return read(StoredVideo.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("stored state of a video is damaged", e);
    }
  }

  private static VideoState read(StoredVideo stored) throws InvalidProtocolBufferException {
    if (stored.getFormat() < 1 || stored.getFormat() > FORMAT) {
      throw new IllegalStateException(
          "stored state has format " + stored.getFormat() + ", this version reads up to " + FORMAT);
    }
    FrameLedger ledger = new FrameLedger(bits(stored.getScored()), bits(stored.getFailed()));
    VideoState state = new VideoState(stored.getAttempt(), stored.getFirstSeenMs(), ledger);
    state.revision = stored.getRevision();
    state.lastSeenMs = stored.getLastSeenMs();
    state.markerSeenMs = stored.getMarkerSeenMs();
    state.emittedMs = stored.getEmittedMs();
    state.reportedFrames = stored.getReportedFrames();
    state.overdue = stored.getOverdue();
    state.finalGiven = stored.getFinalGiven();
    state.finished = stored.getFinished();
    if (stored.getMarkerSeenMs() > 0) {
      state.marker = VideoMarker.parseFrom(stored.getMarker());
    }
    readOrigins(stored, state.origins);
    for (StoredTrack track : stored.getTracksList()) {
      state.tracks.put(track.getTrackId(), readTrack(track));
    }
    for (ByteString frame : stored.getEvidenceList()) {
      state.evidence.put(EvidenceFrame.parseFrom(frame));
    }
    return state;
  }

  private static void readOrigins(StoredVideo stored, ScoreOrigins origins) {
    origins.modelDigests.addAll(stored.getModelDigestsList());
    origins.modelVersions.addAll(stored.getModelVersionsList());
    origins.engines.addAll(stored.getEnginesList());
    origins.extractionDigest = stored.getExtractionDigest();
    origins.extractionMismatch = stored.getExtractionMismatch();
    origins.lastScoreUs = stored.getLastScoreUs();
  }

  private static StoredTrack storedTrack(TrackState track) {
    StoredTrack.Builder stored =
        StoredTrack.newBuilder()
            .setTrackId(track.trackId())
            .setFrames(track.frames())
            .setProbabilityUnits(track.sum().units())
            .setFirstUs(track.firstUs())
            .setLastUs(track.lastUs())
            .setHistogramFrom(track.histogram().first())
            .setWindowUs(track.windows().widthUs());
    for (int bin = track.histogram().first(); bin <= track.histogram().last(); bin++) {
      stored.addHistogram(track.histogram().count(bin));
    }
    int previous = 0;
    for (Map.Entry<Integer, ProbabilitySum> window : track.windows().sums().entrySet()) {
      stored.addWindowSteps(window.getKey() - previous);
      stored.addWindowFrames(window.getValue().count());
      stored.addWindowUnits(window.getValue().units());
      previous = window.getKey();
    }
    return stored.build();
  }

  private static TrackState readTrack(StoredTrack stored) {
    TimeWindows windows = new TimeWindows(stored.getWindowUs());
    int index = 0;
    for (int i = 0; i < stored.getWindowStepsCount(); i++) {
      index += stored.getWindowSteps(i);
      windows.put(index, new ProbabilitySum(stored.getWindowUnits(i), stored.getWindowFrames(i)));
    }
    TrackState track =
        new TrackState(
            stored.getTrackId(),
            new ProbabilitySum(stored.getProbabilityUnits(), stored.getFrames()),
            windows,
            stored.getFirstUs(),
            stored.getLastUs());
    for (int i = 0; i < stored.getHistogramCount(); i++) {
      track.histogram().add(stored.getHistogramFrom() + i, stored.getHistogram(i));
    }
    return track;
  }

  private static BitSet bits(ByteString bytes) {
    return BitSet.valueOf(bytes.toByteArray());
  }
}
