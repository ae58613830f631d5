package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.TrackedFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the faces of one video's frames to people. Faces and tracks are paired so that the sum of
 * squared distances, in face sizes, between box centres and where their people should be by now is
 * the least possible. Squares matter: for people beside each other every exchange of two then costs
 * more than keeping their order, which a sum of overlaps does not promise. People are thought to go
 * on as they went, so that those who pass each other keep their tracks though one hides the other.
 *
 * <p>Nothing is known of looks: people who meet, stop or turn while one hides the other, and part
 * again, may exchange tracks. One instance per video, one thread.
 */
public final class FaceTracker {
  /** Names this way of pairing in the video marker; changes whenever its results would. */
  public static final String ASSOCIATION = "least-squared-distance-constant-velocity-1";

  private static final double FORBIDDEN = 1e9;

  /** What the latest movement counts in a person's speed; the rest is what went before. */
  private static final double NEWS = 0.5;

  /** Beyond this nobody is thought to have gone on as they went. */
  private static final double LONGEST_COAST_SECONDS = 1;

  private final TrackerParameters parameters;
  private List<Track> tracks = new ArrayList<>();
  private List<Track> parked = new ArrayList<>();
  private int nextId;
  private long lastPtsUs = Long.MIN_VALUE;

  /**
   * A person as last seen.
   *
   * @param vx pixels a second to the right
   * @param vy pixels a second downwards
   * @param sightings how often, which says what the speed is worth
   */
  private record Track(int id, FaceBox box, long seenUs, double vx, double vy, int sightings) {
    double seconds(long ptsUs) {
      return (ptsUs - seenUs) / 1e6;
    }

    /** The track with one more sighting. */
    Track seen(FaceBox now, long ptsUs) {
      double seconds = seconds(ptsUs);
      if (!(seconds > 0)) {
        return new Track(id, now, ptsUs, vx, vy, sightings);
      }
      double dx = (now.centre().x() - box.centre().x()) / seconds;
      double dy = (now.centre().y() - box.centre().y()) / seconds;
      double share = sightings == 1 ? 1 : NEWS;
      return new Track(
          id, now, ptsUs, vx + share * (dx - vx), vy + share * (dy - vy), sightings + 1);
    }
  }

  public FaceTracker(TrackerParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Takes the faces of the next frame.
   *
   * @param ptsUs the frame's time in microseconds, never before the previous frame's
   * @param faces the frame's faces
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
    int[] trackOfFace = pair(ptsUs, faces);
    List<TrackedFace> result = new ArrayList<>(faces.size());
    for (int i = 0; i < faces.size(); i++) {
      DetectedFace face = faces.get(i);
      int place = trackOfFace[i];
      Track track =
          place < 0
              ? new Track(nextId++, face.box(), ptsUs, 0, 0, 1)
              : tracks.get(place).seen(face.box(), ptsUs);
      if (place < 0) {
        tracks.add(track);
      } else {
        tracks.set(place, track);
      }
      result.add(new TrackedFace(track.id(), face));
    }
    return List.copyOf(result);
  }

  /** Ends all tracks: the next frame shows another scene. */
  public void cut() {
    parked = tracks;
    tracks = new ArrayList<>();
  }

  /** Goes on with the tracks of before the last cut: the scene between was but a flash. */
  public void resume() {
    tracks = parked;
    parked = new ArrayList<>();
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
    int[] chosen = HungarianAssignment.cheapest(cost);
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
    double reach = Math.min(parameters.maxReach(), parameters.maxSpeed() * track.seconds(ptsUs));
    double coasted = Math.min(LONGEST_COAST_SECONDS, track.seconds(ptsUs));
    double expected = squared(track, box, size, coasted);
    double nearest = Math.min(expected, squared(track, box, size, 0));
    boolean near = nearest <= reach * reach || track.box().iou(box) >= parameters.minIou();
    // NaN for boxes without size compares false, so they never match.
    boolean may = near && ratio <= parameters.maxSizeRatio();
    return may ? Math.min(expected, farthest()) : FORBIDDEN;
  }

  /** From where the person should be after some seconds to a box, in face sizes, squared. */
  private static double squared(Track track, FaceBox box, double size, double seconds) {
    FacePoint from = track.box().centre();
    FacePoint to = box.centre();
    double across = (to.x() - from.x() - track.vx() * seconds) / size;
    double down = (to.y() - from.y() - track.vy() * seconds) / size;
    return across * across + down * down;
  }

  /** What an allowed pair costs at most: somebody who turned round is still the nearest. */
  private double farthest() {
    return 7 + parameters.maxReach() * parameters.maxReach();
  }

  /** Above the cost of every allowed pair, so that a person is new only where nobody can be. */
  private double alone() {
    return 1 + farthest();
  }

  private static double size(FaceBox box) {
    return (box.width() + box.height()) / 2.0;
  }
}
