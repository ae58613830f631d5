package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceInterpolation;
import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.extraction.face.track.FaceTrackAssigner;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the faces of a video's frames to people, in the order of the frames. Frames that were not
 * searched wait for the next one that was, which tells where their faces are. One video, one
 * thread.
 */
final class FrameTracks {
  private final FaceTrackAssigner tracker;
  private final List<SampledFrame> waiting = new ArrayList<>();
  private TrackedFrame last;

  FrameTracks(FaceTrackAssigner tracker) {
    this.tracker = tracker;
  }

  /** Takes the next frame; gives those that are now done with, in their order. */
  List<TrackedFrame> take(SearchedFrame searched) {
    SampledFrame frame = searched.frame();
    if (searched.faces().isEmpty()) {
      waiting.add(frame);
      return List.of();
    }
    TrackedFrame tracked =
        new TrackedFrame(
            frame, tracker.update(frame.ptsUs(), frame.luma(), searched.faces().get()));
    List<TrackedFrame> done = new ArrayList<>();
    for (SampledFrame between : waiting) {
      done.add(new TrackedFrame(between, interpolated(between, tracked)));
    }
    waiting.clear();
    done.add(tracked);
    last = tracked;
    return done;
  }

  /** The first frame is searched, so there is always one before. */
  private List<TrackedFace> interpolated(SampledFrame between, TrackedFrame next) {
    long from = last.frame().ptsUs();
    double share = (double) (between.ptsUs() - from) / (next.frame().ptsUs() - from);
    return FaceInterpolation.between(last.faces(), next.faces(), share);
  }
}
