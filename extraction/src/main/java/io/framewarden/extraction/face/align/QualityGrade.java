package io.framewarden.extraction.face.align;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How good the image of a face is, part by part, each from 0 to 1. It says nothing of whether the
 * face is real, and parts are comparable only within one detector. Only integers and the four basic
 * operations, so every machine grades alike.
 *
 * @param sharpness fine detail over contrast: {@code d / (d + }{@value #MIDDLE_DETAIL}{@code )},
 *     where d is the mean squared Laplacian of the inner half of the aligned face, at half its
 *     size, over that part's variance. Noise and compression count as detail too
 * @param size width of the face in source pixels over {@value #FULL_SIZE}, at most 1: below it,
 *     alignment interpolates pixels
 * @param pose from the landmarks: 1 frontal, 0 in profile or bent far up or down; empty without
 *     landmarks, which says nothing. A rotation in the frame's plane is undone by alignment and
 *     costs nothing
 * @param confidence the detector's
 */
public record QualityGrade(double sharpness, double size, OptionalDouble pose, double confidence) {
  /** Detail of a face that is half sharp. */
  static final double MIDDLE_DETAIL = 0.02;

  /** Width of a face, in source pixels, that has all the detail of the aligned one. */
  static final int FULL_SIZE = 128;

  /** How far the nose lies from the middle between the eyes in profile, in eye distances. */
  private static final double PROFILE = 0.5;

  /** Where the nose lies between eyes and mouth in a frontal face, and how far off is extreme. */
  private static final double LEVEL_NOSE = 0.51;

  private static final double PITCHED_NOSE = 0.4;

  /**
   * Grades a face.
   *
   * @param aligned the face as {@link FaceAligner#align} returned it, {@code side * side} bytes
   */
  public static QualityGrade of(DetectedFace face, byte[] aligned, int side) {
    return new QualityGrade(
        sharpness(new GrayImage(side, side, aligned)),
        Math.min(1, face.box().width() / FULL_SIZE),
        face.landmarks().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(pose(face)),
        face.confidence());
  }

  /** The minimum of the parts: a face is as good as its worst part. */
  public double value() {
    return Math.min(Math.min(sharpness, size), Math.min(pose.orElse(1), confidence));
  }

  private static double sharpness(GrayImage aligned) {
    GrayImage half = FrameScaler.halve(aligned);
    int from = half.width() / 4;
    int to = half.width() - from;
    long sum = 0;
    long squares = 0;
    long detail = 0;
    for (int y = from; y < to; y++) {
      for (int x = from; x < to; x++) {
        long level = half.at(x, y);
        long laplacian =
            4 * level
                - half.at(x - 1, y)
                - half.at(x + 1, y)
                - half.at(x, y - 1)
                - half.at(x, y + 1);
        sum += level;
        squares += level * level;
        detail += laplacian * laplacian;
      }
    }
    long count = (long) (to - from) * (to - from);
    double spread = (double) (squares * count - sum * sum) / count;
    return detail == 0 || spread <= 0 ? 0 : detail / (detail + MIDDLE_DETAIL * spread);
  }

  private static double pose(DetectedFace face) {
    List<FacePoint> points = face.landmarks();
    FacePoint left = points.get(0);
    double alongX = points.get(1).x() - left.x();
    double alongY = points.get(1).y() - left.y();
    double squared = alongX * alongX + alongY * alongY;
    double eyesX = left.x() + alongX / 2;
    double eyesY = left.y() + alongY / 2;
    double noseX = points.get(2).x() - eyesX;
    double noseY = points.get(2).y() - eyesY;
    double mouthX = (points.get(3).x() + (double) points.get(4).x()) / 2 - eyesX;
    double mouthY = (points.get(3).y() + (double) points.get(4).y()) / 2 - eyesY;
    double mouthDown = mouthY * alongX - mouthX * alongY;
    if (!(squared > 0) || !(mouthDown > 0)) {
      return 0;
    }
    double aside = (noseX * alongX + noseY * alongY) / squared;
    double down = (noseY * alongX - noseX * alongY) / mouthDown;
    double yaw = 1 - Math.abs(aside) / PROFILE;
    double pitch = 1 - Math.abs(down - LEVEL_NOSE) / PITCHED_NOSE;
    return Math.max(0, Math.min(yaw, pitch));
  }
}
