package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import java.util.random.RandomGenerator;

/**
 * How far a crop is off.
 *
 * @param angle by which it is rotated, degrees clockwise
 * @param scale its side over the right one
 * @param x how far it lies to the right, in right sides
 * @param y how far it lies below, in right sides
 */
record CropJitter(double angle, double scale, double x, double y) {
  private static final int SIDE = LandmarkNetwork.SIDE;

  /**
   * As a detector's box is off, and more: of a cascade's boxes on videos, sideways by 0.066 of the
   * side (standard deviation), in scale by 0.07, and by 7 degrees.
   */
  static CropJitter ofBox(RandomGenerator random) {
    return new CropJitter(
        random.nextInt(4) == 0 ? between(-50, 50, random) : 14 * random.nextGaussian(),
        Math.exp(0.1 * random.nextGaussian()),
        0.075 * random.nextGaussian(),
        0.055 * random.nextGaussian());
  }

  /** As landmarks of a first look at the face are off. */
  static CropJitter ofLandmarks(RandomGenerator random) {
    return new CropJitter(
        5 * random.nextGaussian(),
        Math.exp(0.05 * random.nextGaussian()),
        0.025 * random.nextGaussian(),
        0.025 * random.nextGaussian());
  }

  /** A crop that is off so. */
  SimilarityTransform apply(SimilarityTransform crop) {
    FacePoint centre = new FacePoint((float) (SIDE * (0.5 + x)), (float) (SIDE * (0.5 + y)));
    return crop.after(SimilarityTransform.ofView(centre, scale, angle, SIDE, SIDE));
  }

  static double between(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }
}
