package io.framewarden.trainer.forgery;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which part of a face is forged, and how often; outlined by the landmarks. */
enum MaskShape {
  /** The face with a part of the forehead. */
  FOREHEAD(0.30),
  /** The face from the brows down. */
  HULL(0.25),
  /** A block from the brows to the chin, with cut corners. */
  BLOCK(0.15),
  EYES_NOSE(0.10),
  /** Mouth and lower cheeks. */
  MOUTH(0.15),
  /** Any four corners within the face. */
  QUADRILATERAL(0.05);

  /** Those that hold eyes, nose and mouth, as a swapped or decoded face does. */
  static final List<MaskShape> WHOLE = List.of(FOREHEAD, HULL, BLOCK);

  private final double share;

  MaskShape(double share) {
    this.share = share;
  }

  /** One of the shapes, each at its own share among them. */
  static MaskShape draw(List<MaskShape> shapes, RandomGenerator random) {
    double rest = random.nextDouble() * shapes.stream().mapToDouble(shape -> shape.share).sum();
    for (MaskShape shape : shapes) {
      rest -= shape.share;
      if (rest < 0) {
        return shape;
      }
    }
    return shapes.get(0);
  }

  /** Points whose convex hull is the shape, in pixels of the image. */
  List<FacePoint> outline(DenseLandmarks landmarks, RandomGenerator random) {
    FaceAxes axes = FaceAxes.of(landmarks);
    return switch (this) {
      case FOREHEAD -> forehead(landmarks, axes, 0.2 + 0.3 * random.nextDouble());
      case HULL -> landmarks.points();
      case BLOCK -> block(axes, random);
      case EYES_NOSE -> landmarks.points(17, 47);
      case MOUTH -> mouth(landmarks, 0.7 + 0.3 * random.nextDouble());
      case QUADRILATERAL -> quadrilateral(axes, random);
    };
  }

  /** The brows again, raised by a part of the height from the bridge of the nose to the chin. */
  private static List<FacePoint> forehead(DenseLandmarks landmarks, FaceAxes axes, double part) {
    List<FacePoint> points = new ArrayList<>(landmarks.points());
    landmarks.points(17, 26).forEach(brow -> points.add(axes.moved(brow, 0, -part)));
    return points;
  }

  private static List<FacePoint> block(FaceAxes axes, RandomGenerator random) {
    double half = 0.4 + 0.1 * random.nextDouble();
    double top = -0.2 - 0.08 * random.nextDouble();
    double bottom = 0.88 + 0.12 * random.nextDouble();
    double cut = 0.03 + 0.12 * random.nextDouble();
    List<FacePoint> points = new ArrayList<>();
    for (int side = -1; side <= 1; side += 2) {
      points.add(axes.at(side * (half - cut), top));
      points.add(axes.at(side * half, top + cut));
      points.add(axes.at(side * half, bottom - cut));
      points.add(axes.at(side * (half - cut), bottom));
    }
    return points;
  }

  /** Below the nose, with the jaw drawn towards the mouth. */
  private static List<FacePoint> mouth(DenseLandmarks landmarks, double reach) {
    List<FacePoint> points = new ArrayList<>(landmarks.points(31, 35));
    points.addAll(landmarks.points(48, 59));
    FacePoint centre = landmarks.centre(48, 59);
    for (FacePoint jaw : landmarks.points(3, 13)) {
      points.add(
          new FacePoint(
              (float) (centre.x() + reach * (jaw.x() - centre.x())),
              (float) (centre.y() + reach * (jaw.y() - centre.y()))));
    }
    return points;
  }

  private static List<FacePoint> quadrilateral(FaceAxes axes, RandomGenerator random) {
    double half = 0.14 + 0.2 * random.nextDouble();
    double tall = 0.2 + 0.25 * random.nextDouble();
    double x = (0.5 - half) * (2 * random.nextDouble() - 1);
    double y = 0.35 + (0.5 - tall) * (2 * random.nextDouble() - 1);
    List<FacePoint> points = new ArrayList<>();
    for (int side = -1; side <= 1; side += 2) {
      for (int end = -1; end <= 1; end += 2) {
        points.add(
            axes.at(
                x + side * half * (0.75 + 0.5 * random.nextDouble()),
                y + end * tall * (0.75 + 0.5 * random.nextDouble())));
      }
    }
    return points;
  }
}
