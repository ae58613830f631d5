package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceInterpolation;
import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.extraction.face.track.FaceTrackAssigner;
import io.framewarden.extraction.face.track.LostFaceSearch;
import io.framewarden.extraction.face.track.TrackingPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills in the tracked faces of a video's frames, in the order of the frames. Frames that were not
 * searched wait for the next one that was, between which and the one before their faces are
 * interpolated. One video, one thread.
 */
final class FrameTracks {
  private final FaceTrackAssigner assigner;
  private final List<SampledFrame> waiting = new ArrayList<>();
  private SampledFrame lastSearched;
  private int tracks;

  FrameTracks(TrackingPolicy policy, LostFaceSearch search) {
    this.assigner = new FaceTrackAssigner(policy, search);
  }

  /**
   * Takes the next frame, whose detection has ended.
   *
   * @return the frames whose tracked faces are now complete, in their order
   */
  List<SampledFrame> track(SampledFrame frame) {
    if (!frame.isSearched()) {
      waiting.add(frame);
      return List.of();
    }
    frame.setTrackedFaces(assigner.update(frame.ptsUs(), frame.luma(), frame.detectedFaces()));
    for (TrackedFace face : frame.trackedFaces()) {
      tracks = Math.max(tracks, face.trackId() + 1);
    }
    for (SampledFrame between : waiting) {
      between.setTrackedFaces(interpolate(between, frame));
    }
    List<SampledFrame> complete = new ArrayList<>(waiting);
    complete.add(frame);
    waiting.clear();
    lastSearched = frame;
    return complete;
  }

  /** How many tracks there are so far. */
  int tracks() {
    return tracks;
  }

  /** Scene cuts so far. */
  int cuts() {
    return assigner.cuts();
  }

  /** Faces left out for their size so far. */
  long ignoredFaces() {
    return assigner.ignoredFaces();
  }

  /** The first frame is searched, so there is always one before. */
  private List<TrackedFace> interpolate(SampledFrame between, SampledFrame next) {
    long from = lastSearched.ptsUs();
    double share = (double) (between.ptsUs() - from) / (next.ptsUs() - from);
    return FaceInterpolation.between(lastSearched.trackedFaces(), next.trackedFaces(), share);
  }
}
