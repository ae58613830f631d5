package io.framewarden.ingest.extract;

import io.framewarden.ingest.face.FaceInterpolation;
import io.framewarden.ingest.face.PeopleTracker;
import io.framewarden.ingest.face.TrackedFace;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the faces of a video's pictures to people, in the order of the pictures. Pictures that were
 * not searched wait for the next one that was, which tells where their faces are. One video, one
 * thread.
 */
final class PictureTracks {
  private final PeopleTracker tracker;
  private final List<SampledPicture> waiting = new ArrayList<>();
  private TrackedPicture last;

  PictureTracks(PeopleTracker tracker) {
    this.tracker = tracker;
  }

  /** Takes the next picture; gives those that are now done with, in their order. */
  List<TrackedPicture> take(SearchedPicture searched) {
    SampledPicture picture = searched.picture();
    if (searched.faces().isEmpty()) {
      waiting.add(picture);
      return List.of();
    }
    TrackedPicture tracked =
        new TrackedPicture(
            picture, tracker.update(picture.ptsUs(), picture.luma(), searched.faces().get()));
    List<TrackedPicture> done = new ArrayList<>();
    for (SampledPicture between : waiting) {
      done.add(new TrackedPicture(between, interpolated(between, tracked)));
    }
    waiting.clear();
    done.add(tracked);
    last = tracked;
    return done;
  }

  /** The first picture is searched, so there is always one before. */
  private List<TrackedFace> interpolated(SampledPicture between, TrackedPicture next) {
    long from = last.picture().ptsUs();
    double share = (double) (between.ptsUs() - from) / (next.picture().ptsUs() - from);
    return FaceInterpolation.between(last.faces(), next.faces(), share);
  }
}
