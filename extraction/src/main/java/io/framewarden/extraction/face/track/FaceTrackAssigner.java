package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.TrackedFace;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns the faces of one video's frames to tracks: small faces are left out, a scene cut or a
 * dissolve ends all tracks, and within a scene a {@link FaceTracker} follows. Where it loses a face
 * from one frame to the next, the surroundings are searched for it, rotated too. One video, one
 * thread.
 */
public final class FaceTrackAssigner {
  private final TrackingPolicy policy;
  private final SceneCutDetector cutDetector = new SceneCutDetector();
  private final DissolveDetector dissolveDetector = new DissolveDetector();
  private final LostFaceSearch search;
  private final FaceTracker tracker;
  private final RotatedCandidates candidates;
  private int cuts;
  private long ignored;

  /**
   * @param search what searches for faces that were lost
   */
  public FaceTrackAssigner(TrackingPolicy policy, LostFaceSearch search) {
    this.policy = policy;
    this.search = search;
    this.tracker = new FaceTracker(policy.parameters());
    this.candidates = new RotatedCandidates(search);
  }

  /**
   * Takes the next searched frame.
   *
   * @param ptsUs its time in microseconds, never before the previous one's
   * @param luma the frame
   * @param found its faces; rotated ones count only once they are certain
   * @return the faces that count: those found, in their order, then those searched for; ids as
   *     {@link FaceTracker#update} gives them
   */
  public List<TrackedFace> update(long ptsUs, GrayImage luma, List<DetectedFace> found) {
    takeCuts(ptsUs, SmallFrame.of(luma));
    List<DetectedFace> all = withRotated(ptsUs, luma, found);
    List<DetectedFace> faces =
        all.stream().filter(face -> face.box().width() >= policy.ignoreUnder()).toList();
    ignored += all.size() - faces.size();
    return tracker.update(ptsUs, faces);
  }

  /** The upright faces, rotated ones that are certain, and those lost that were found again. */
  private List<DetectedFace> withRotated(long ptsUs, GrayImage luma, List<DetectedFace> found) {
    List<DetectedFace> all = new ArrayList<>();
    List<DetectedFace> rotated = new ArrayList<>();
    for (DetectedFace face : found) {
      (face.rotation() == 0 ? all : rotated).add(face);
    }
    all.addAll(candidates.update(luma, all, rotated));
    for (FaceTracker.Expected lost : tracker.lost(ptsUs, all)) {
      search
          .near(luma, lost.box(), lost.rotation())
          .filter(face -> !face.overlapsAny(all))
          .ifPresent(all::add);
    }
    return all;
  }

  private void takeCuts(long ptsUs, SmallFrame small) {
    SceneCutDetector.Change change = cutDetector.next(small);
    if (change != SceneCutDetector.Change.NONE) {
      dissolveDetector.restart(ptsUs);
    }
    boolean dissolved = dissolveDetector.next(ptsUs, small);
    if (change == SceneCutDetector.Change.RETURN) {
      tracker.resume();
      cuts--; // the frame before was a flash, not a cut
    } else if (change == SceneCutDetector.Change.CUT || dissolved) {
      tracker.cut();
      candidates.cut();
      cuts++;
    }
  }

  /** Scene cuts so far, hard ones and dissolves. */
  public int cuts() {
    return cuts;
  }

  /** Faces left out for their size so far. */
  public long ignoredFaces() {
    return ignored;
  }
}
