package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.TrackedFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Assigns the faces of one video's frames to tracks, one for each person. Faces and tracks are
 * matched so that the sum of squared distances, in face sizes, between box centres and the
 * positions that tracks predict is minimal. Squares matter: for people side by side every swap of
 * two then costs more than keeping their order, which a sum of overlaps does not guarantee.
 * Positions are predicted at constant velocity, so that people who pass each other keep their
 * tracks even where one occludes the other.
 *
 * <p>Appearance is not compared: people who meet, stop or turn while one occludes the other, and
 * part again, may swap tracks. One instance per video, one thread.
 */
public final class FaceTracker {
  /** Names the matching in the video marker; changes whenever its results would. */
  public static final String ASSOCIATION = "least-squared-distance-constant-velocity-1";

  private static final double FORBIDDEN = 1e9;

  /** Weight of the latest movement in a track's velocity; the rest is the velocity before. */
  private static final double VELOCITY_GAIN = 0.5;

  /** A position is predicted for at most so long after the last sighting. */
  private static final double MAX_PREDICTION_SECONDS = 1;

  private final TrackerParameters parameters;
  private List<Track> tracks = new ArrayList<>();
  private List<Track> parked = new ArrayList<>();
  private int nextId;
  private long lastPtsUs = Long.MIN_VALUE;

  /**
   * A person as last seen.
   *
   * @param rotation of the face, degrees clockwise
   * @param vx pixels a second to the right
   * @param vy pixels a second downwards
   * @param sightings how often the person was seen, on which the weight of the velocity depends
   */
  private record Track(
      int id, FaceBox box, float rotation, long seenUs, double vx, double vy, int sightings) {
    double seconds(long ptsUs) {
      return (ptsUs - seenUs) / 1e6;
    }

    /** This track with one more sighting. */
    Track update(DetectedFace face, long ptsUs) {
      FaceBox now = face.box();
      double seconds = seconds(ptsUs);
      if (!(seconds > 0)) {
        return new Track(id, now, face.rotation(), ptsUs, vx, vy, sightings);
      }
      double dx = (now.centre().x() - box.centre().x()) / seconds;
      double dy = (now.centre().y() - box.centre().y()) / seconds;
      double share = sightings == 1 ? 1 : VELOCITY_GAIN;
      return new Track(
          id,
          now,
          face.rotation(),
          ptsUs,
          vx + share * (dx - vx),
          vy + share * (dy - vy),
          sightings + 1);
    }

    /** Where the person should be now. */
    Expected expected(long ptsUs) {
      double seconds = Math.min(MAX_PREDICTION_SECONDS, seconds(ptsUs));
      FaceBox moved =
          new FaceBox(
              (float) (box.x() + vx * seconds),
              (float) (box.y() + vy * seconds),
              box.width(),
              box.height());
      return new Expected(moved, rotation);
    }
  }

  /**
   * Where a face should be.
   *
   * @param rotation when it was last seen, degrees clockwise
   */
  record Expected(FaceBox box, float rotation) {}

  public FaceTracker(TrackerParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Assigns the faces of the next frame.
   *
   * @param ptsUs the frame's time in microseconds, never before the previous frame's
   * @return the same faces in the same order; ids are dense from 0 in order of appearance, and
   *     people who appear together are numbered in the order of {@code faces}
   */
  public List<TrackedFace> update(long ptsUs, List<DetectedFace> faces) {
    if (ptsUs < lastPtsUs) {
      throw new IllegalArgumentException(
          "a frame at " + ptsUs + " us cannot follow one at " + lastPtsUs + " us");
    }
    lastPtsUs = ptsUs;
    tracks.removeIf(track -> ptsUs - track.seenUs() > parameters.maxGapUs());
    int[] trackOfFace = match(ptsUs, faces);
    List<TrackedFace> result = new ArrayList<>(faces.size());
    for (int i = 0; i < faces.size(); i++) {
      DetectedFace face = faces.get(i);
      int index = trackOfFace[i];
      Track track;
      if (index < 0) {
        track = new Track(nextId++, face.box(), face.rotation(), ptsUs, 0, 0, 1);
        tracks.add(track);
      } else {
        track = tracks.get(index).update(face, ptsUs);
        tracks.set(index, track);
      }
      result.add(new TrackedFace(track.id(), face));
    }
    return List.copyOf(result);
  }

  /**
   * Where the faces of the next frame should be that were seen in the frame before and are not
   * among those found; changes nothing.
   *
   * @param ptsUs the frame's time in microseconds
   */
  List<Expected> lost(long ptsUs, List<DetectedFace> found) {
    List<Track> matched =
        Arrays.stream(match(ptsUs, found))
            .filter(index -> index >= 0)
            .mapToObj(tracks::get)
            .toList();
    return tracks.stream()
        .filter(track -> track.seenUs() == lastPtsUs)
        .filter(track -> ptsUs - track.seenUs() <= parameters.maxGapUs())
        .filter(track -> !matched.contains(track))
        .map(track -> track.expected(ptsUs))
        .toList();
  }

  /** Ends all tracks: the next frame shows another scene. */
  public void cut() {
    parked = tracks;
    tracks = new ArrayList<>();
  }

  /** Restores the tracks of before the last cut: the scene between was only a flash. */
  public void resume() {
    tracks = parked;
    parked = new ArrayList<>();
  }

  /** For each face the index of its track, or -1 for a new person. */
  private int[] match(long ptsUs, List<DetectedFace> faces) {
    // A dummy column for each face lets it stay unmatched at a cost above every allowed pair.
    double[][] cost = new double[faces.size()][tracks.size() + faces.size()];
    for (int i = 0; i < faces.size(); i++) {
      Arrays.fill(cost[i], 1 + maxPairCost());
      for (int j = 0; j < tracks.size(); j++) {
        cost[i][j] = cost(tracks.get(j), faces.get(i).box(), ptsUs);
      }
    }
    return Arrays.stream(HungarianAssignment.assign(cost))
        .map(track -> track < tracks.size() ? track : -1)
        .toArray();
  }

  private double cost(Track track, FaceBox box, long ptsUs) {
    double size = (size(track.box()) + size(box)) / 2;
    double ratio = Math.max(size(track.box()), size(box)) / Math.min(size(track.box()), size(box));
    double reach = Math.min(parameters.maxReach(), parameters.maxSpeed() * track.seconds(ptsUs));
    double predicted = Math.min(MAX_PREDICTION_SECONDS, track.seconds(ptsUs));
    double expected = squaredDistance(track, box, size, predicted);
    double nearest = Math.min(expected, squaredDistance(track, box, size, 0));
    boolean near = nearest <= reach * reach || track.box().iou(box) >= parameters.minIou();
    // NaN for boxes without size compares false, so they never match.
    boolean allowed = near && ratio <= parameters.maxSizeRatio();
    return allowed ? Math.min(expected, maxPairCost()) : FORBIDDEN;
  }

  /** From the position predicted after some seconds to a box, in face sizes, squared. */
  private static double squaredDistance(Track track, FaceBox box, double size, double seconds) {
    FacePoint from = track.box().centre();
    FacePoint to = box.centre();
    double across = (to.x() - from.x() - track.vx() * seconds) / size;
    double down = (to.y() - from.y() - track.vy() * seconds) / size;
    return across * across + down * down;
  }

  /** Caps the cost of an allowed pair, so that somebody who turned round is still matched. */
  private double maxPairCost() {
    return 7 + parameters.maxReach() * parameters.maxReach();
  }

  private static double size(FaceBox box) {
    return (box.width() + box.height()) / 2.0;
  }
}
