package io.framewarden.extraction.face;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Interpolates faces in frames that were not searched, from the searched frames before and after. A
 * person in both moves in a straight line at constant speed: box and landmarks are interpolated
 * linearly in time, the confidence is the lower of the two. A person in only one of them is in none
 * between, as it is unknown when they came or went. The same faces and times give the same result
 * on every machine. Stateless.
 */
public final class FaceInterpolation {
  /** Names the method in the extraction recipe; changes whenever its results would. */
  public static final String METHOD = "linear-1";

  private FaceInterpolation() {}

  /**
   * The faces at a time between two searched frames.
   *
   * @param before the tracked faces of the searched frame before
   * @param after those of the searched frame after, whose order the result has
   * @param share of the time from the one to the other that has passed, 0 to 1
   */
  public static List<TrackedFace> between(
      List<TrackedFace> before, List<TrackedFace> after, double share) {
    List<TrackedFace> faces = new ArrayList<>();
    for (TrackedFace later : after) {
      Optional<TrackedFace> earlier =
          before.stream().filter(face -> face.trackId() == later.trackId()).findFirst();
      if (earlier.isPresent()) {
        faces.add(
            new TrackedFace(later.trackId(), between(earlier.get().face(), later.face(), share)));
      }
    }
    return List.copyOf(faces);
  }

  private static DetectedFace between(DetectedFace before, DetectedFace after, double share) {
    return new DetectedFace(
        between(before.box(), after.box(), share),
        landmarks(before.landmarks(), after.landmarks(), share),
        Math.min(before.confidence(), after.confidence()),
        rotation(before.rotation(), after.rotation(), share));
  }

  /** The shorter way round. */
  private static float rotation(float before, float after, double share) {
    float turn = Rotation.normalized(after - before);
    return turn == 0 ? before : Rotation.normalized((float) (before + turn * share));
  }

  private static FaceBox between(FaceBox before, FaceBox after, double share) {
    return new FaceBox(
        between(before.x(), after.x(), share),
        between(before.y(), after.y(), share),
        between(before.width(), after.width(), share),
        between(before.height(), after.height(), share));
  }

  private static List<FacePoint> landmarks(
      List<FacePoint> before, List<FacePoint> after, double share) {
    List<FacePoint> points = new ArrayList<>();
    for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
      points.add(
          new FacePoint(
              between(before.get(i).x(), after.get(i).x(), share),
              between(before.get(i).y(), after.get(i).y(), share)));
    }
    return points;
  }

  private static float between(float before, float after, double share) {
    return (float) (before + (after - before) * share);
  }
}
