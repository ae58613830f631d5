package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.TrackedFace;
import java.util.List;

/**
 * Assigns the faces of one video's frames to tracks: small faces are left out, a scene cut ends all
 * tracks, and within a scene a {@link FaceTracker} follows. One video, one thread.
 */
public final class FaceTrackAssigner {
  private final TrackingPolicy policy;
  private final SceneCutDetector cutDetector = new SceneCutDetector();
  private final FaceTracker tracker;
  private int cuts;
  private long ignored;

  public FaceTrackAssigner(TrackingPolicy policy) {
    this.policy = policy;
    this.tracker = new FaceTracker(policy.parameters());
  }

  /**
   * Takes the next searched frame.
   *
   * @param ptsUs its time in microseconds, never before the previous one's
   * @param luma the frame
   * @param found its faces
   * @return the faces that count, in their order; ids as {@link FaceTracker#update} gives them
   */
  public List<TrackedFace> update(long ptsUs, GrayImage luma, List<DetectedFace> found) {
    switch (cutDetector.next(luma)) {
      case CUT -> {
        tracker.cut();
        cuts++;
      }
      case RETURN -> {
        tracker.resume();
        cuts--; // the frame before was a flash, not a cut
      }
      case NONE -> {}
    }
    List<DetectedFace> faces =
        found.stream().filter(face -> face.box().width() >= policy.ignoreUnder()).toList();
    ignored += found.size() - faces.size();
    return tracker.update(ptsUs, faces);
  }

  /** Scene cuts so far. */
  public int cuts() {
    return cuts;
  }

  /** Faces left out for their size so far. */
  public long ignoredFaces() {
    return ignored;
  }
}
