package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceInterpolation;
import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.extraction.face.track.FaceTrackAssigner;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the faces of a video's pictures to people, in the order of the pictures. Pictures that were
 * not searched wait for the next one that was, which tells where their faces are. One video, one
 * thread.
 */
final class FrameTracks {
  private final FaceTrackAssigner tracker;
  private final List<SampledFrame> waiting = new ArrayList<>();
  private TrackedFrame last;

  FrameTracks(FaceTrackAssigner tracker) {
    this.tracker = tracker;
  }

  /** Takes the next picture; gives those that are now done with, in their order. */
  List<TrackedFrame> take(SearchedFrame searched) {
    SampledFrame picture = searched.picture();
    if (searched.faces().isEmpty()) {
      waiting.add(picture);
      return List.of();
    }
    TrackedFrame tracked =
        new TrackedFrame(
            picture, tracker.update(picture.ptsUs(), picture.luma(), searched.faces().get()));
    List<TrackedFrame> done = new ArrayList<>();
    for (SampledFrame between : waiting) {
      done.add(new TrackedFrame(between, interpolated(between, tracked)));
    }
    waiting.clear();
    done.add(tracked);
    last = tracked;
    return done;
  }

  /** The first picture is searched, so there is always one before. */
  private List<TrackedFace> interpolated(SampledFrame between, TrackedFrame next) {
    long from = last.picture().ptsUs();
    double share = (double) (between.ptsUs() - from) / (next.picture().ptsUs() - from);
    return FaceInterpolation.between(last.faces(), next.faces(), share);
  }
}
