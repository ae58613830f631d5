package io.framewarden.ingest.face;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the faces of one video's pictures to people. Faces and tracks are paired so that the sum of
 * squared distances between box centres, in face sizes, is the least possible. Squares matter: for
 * people beside each other every exchange of two then costs more than keeping their order, which a
 * sum of overlaps does not promise.
 *
 * <p>Nothing is known of looks: after a cut, a new face at the old place continues the old track,
 * and people who change places between two pictures exchange tracks. One instance per video, one
 * thread.
 */
public final class FaceTracker {
  /** Names this way of pairing in the video marker; changes whenever its results would. */
  public static final String ASSOCIATION = "least-squared-distance-1";

  private static final double FORBIDDEN = 1e9;

  private final TrackerParameters parameters;
  private final List<Track> tracks = new ArrayList<>();
  private int nextId;
  private long lastPtsUs = Long.MIN_VALUE;

  /** A person as last seen. */
  private record Track(int id, FaceBox box, long seenUs) {}

  public FaceTracker(TrackerParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Takes the faces of the next picture.
   *
   * @param ptsUs the picture's time in microseconds, never before the previous picture's
   * @param faces the picture's faces
   * @return the same faces in the same order; ids are dense from 0 in order of appearance, and
   *     people who appear together are numbered in the order of {@code faces}
   */
  public List<TrackedFace> update(long ptsUs, List<DetectedFace> faces) {
    if (ptsUs < lastPtsUs) {
      throw new IllegalArgumentException(
          "a picture at " + ptsUs + " us cannot follow one at " + lastPtsUs + " us");
    }
    lastPtsUs = ptsUs;
    tracks.removeIf(track -> ptsUs - track.seenUs() > parameters.maxGapUs());
    int[] trackOfFace = pair(ptsUs, faces);
    List<TrackedFace> result = new ArrayList<>(faces.size());
    for (int i = 0; i < faces.size(); i++) {
      DetectedFace face = faces.get(i);
      int place = trackOfFace[i];
      Track track = new Track(place < 0 ? nextId++ : tracks.get(place).id(), face.box(), ptsUs);
      if (place < 0) {
        tracks.add(track);
      } else {
        tracks.set(place, track);
      }
      result.add(new TrackedFace(track.id(), face));
    }
    return List.copyOf(result);
  }

  /** For each face the place of its track, or -1 for a new person. */
  private int[] pair(long ptsUs, List<DetectedFace> faces) {
    // A dummy column for each face lets it stay alone at a price above every allowed pair.
    double[][] cost = new double[faces.size()][tracks.size() + faces.size()];
    for (int i = 0; i < faces.size(); i++) {
      Arrays.fill(cost[i], alone());
      for (int j = 0; j < tracks.size(); j++) {
        cost[i][j] = cost(tracks.get(j), faces.get(i).box(), ptsUs);
      }
    }
    int[] chosen = Assignment.cheapest(cost);
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] >= tracks.size()) {
        chosen[i] = -1;
      }
    }
    return chosen;
  }

  private double cost(Track track, FaceBox box, long ptsUs) {
    double size = (size(track.box()) + size(box)) / 2;
    double ratio = Math.max(size(track.box()), size(box)) / Math.min(size(track.box()), size(box));
    FacePoint from = track.box().centre();
    FacePoint to = box.centre();
    double across = (to.x() - from.x()) / size;
    double down = (to.y() - from.y()) / size;
    double squared = across * across + down * down;
    double seconds = (ptsUs - track.seenUs()) / 1e6;
    double reach = Math.min(parameters.maxReach(), parameters.maxSpeed() * seconds);
    boolean near = squared <= reach * reach || track.box().iou(box) >= parameters.minIou();
    // NaN for boxes without size compares false, so they never match.
    boolean may = near && ratio <= parameters.maxSizeRatio();
    return may ? squared : FORBIDDEN;
  }

  /**
   * Above the cost of every allowed pair: overlapping centres are at most about two sizes apart.
   */
  private double alone() {
    return 8 + parameters.maxReach() * parameters.maxReach();
  }

  private static double size(FaceBox box) {
    return (box.width() + box.height()) / 2.0;
  }
}
