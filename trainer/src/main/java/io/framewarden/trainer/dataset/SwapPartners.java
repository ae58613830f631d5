package io.framewarden.trainer.dataset;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Chooses whose face is swapped in: one of those whose landmarks are nearest and who look to the
 * same side, since a face of another pose gives two noses. Immutable; any number of threads.
 */
final class SwapPartners {
  /** More are not compared: among so many there are enough of every pose. */
  private static final int MAX_CANDIDATES = 4_096;

  /** Of 2,000 candidates or more, one of so many is drawn; of fewer a like part. */
  private static final int NEAREST = 30;

  private static final int ENOUGH = 2_000;

  /** Less yaw than this, in eye distances, is frontal: such faces fit those of both sides. */
  private static final double FRONTAL = 0.08;

  private static final long SEED = 20_260_102;

  private final List<Candidate> candidates = new ArrayList<>();

  private record Candidate(FaceSample face, float[] shape, double yaw) {}

  private record Ranked(Candidate candidate, double distance) {}

  /**
   * @param faces with photographs; the landmarks of up to {@value #MAX_CANDIDATES} are read
   */
  SwapPartners(List<FaceSample> faces) {
    List<FaceSample> shuffled = new ArrayList<>(faces);
    Collections.shuffle(shuffled, new Random(SEED));
    for (FaceSample face : shuffled.subList(0, Math.min(MAX_CANDIDATES, shuffled.size()))) {
      DenseLandmarks landmarks = face.photograph().landmarks();
      candidates.add(new Candidate(face, shape(landmarks), landmarks.yaw()));
    }
  }

  /** A partner, another person where there is any. */
  FaceSample near(FaceSample face, RandomGenerator random) {
    DenseLandmarks landmarks = face.photograph().landmarks();
    float[] shape = shape(landmarks);
    double yaw = landmarks.yaw();
    int wanted = Math.max(1, Math.min(NEAREST, NEAREST * candidates.size() / ENOUGH));
    PriorityQueue<Ranked> nearest =
        new PriorityQueue<>((one, other) -> Double.compare(other.distance(), one.distance()));
    for (Candidate candidate : candidates) {
      if (candidate.face().identity().equals(face.identity())) {
        continue;
      }
      // The other side only where nobody looks to this one.
      double distance = distance(shape, candidate.shape()) + (sameSide(yaw, candidate) ? 0 : 1e6);
      if (nearest.size() < wanted) {
        nearest.add(new Ranked(candidate, distance));
      } else if (distance < nearest.element().distance()) {
        nearest.remove();
        nearest.add(new Ranked(candidate, distance));
      }
    }
    if (nearest.isEmpty()) {
      return face;
    }
    List<Ranked> ranked = new ArrayList<>(nearest);
    ranked.sort((one, other) -> Double.compare(one.distance(), other.distance()));
    return ranked.get(random.nextInt(ranked.size())).candidate().face();
  }

  private static boolean sameSide(double yaw, Candidate candidate) {
    boolean frontal = Math.abs(yaw) < FRONTAL || Math.abs(candidate.yaw()) < FRONTAL;
    return frontal || Math.signum(yaw) == Math.signum(candidate.yaw());
  }

  private static double distance(float[] one, float[] other) {
    float sum = 0;
    for (int i = 0; i < one.length; i++) {
      float difference = one[i] - other[i];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The points without position, size and rotation in the plane: around their mean, eyes level, in
   * root mean squared distances from the mean. For comparing shape and pose of two faces.
   *
   * @return x0, y0, x1, ...
   */
  static float[] shape(DenseLandmarks face) {
    FacePoint middle = face.centre(0, DenseLandmarks.POINTS - 1);
    FacePoint left = face.leftEye();
    FacePoint right = face.rightEye();
    double cosine = (right.x() - left.x()) / face.eyeDistance();
    double sine = (right.y() - left.y()) / face.eyeDistance();
    float[] shape = new float[2 * DenseLandmarks.POINTS];
    double squares = 0;
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      double x = face.point(i).x() - middle.x();
      double y = face.point(i).y() - middle.y();
      shape[2 * i] = (float) (cosine * x + sine * y);
      shape[2 * i + 1] = (float) (cosine * y - sine * x);
      squares += x * x + y * y;
    }
    double unit = Math.sqrt(squares / DenseLandmarks.POINTS);
    for (int i = 0; i < shape.length; i++) {
      shape[i] /= (float) unit;
    }
    return shape;
  }
}
