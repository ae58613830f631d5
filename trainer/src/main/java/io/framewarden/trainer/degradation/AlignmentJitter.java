package io.framewarden.trainer.degradation;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.trainer.image.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * Alignment by the product's own sampler, with the errors that detectors make: what a model sees of
 * a face. One draw serves both faces of a pair and their mask.
 *
 * @param mirrored left and right exchanged
 * @param radians rotation in the aligned square
 * @param scale of the face in the square
 * @param x shift in pixels of the square
 * @param y shift in pixels of the square, down
 */
public record AlignmentJitter(boolean mirrored, double radians, double scale, double x, double y) {
  /** Aligned exactly. */
  public static final AlignmentJitter NONE = new AlignmentJitter(false, 0, 1, 0, 0);

  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.defaults();
  private static final double MIDDLE = TEMPLATE.size() / 2.0;

  /** Mirrored half of the time, rotated by 3 degrees, scaled by 4 % and shifted by 4 pixels. */
  public static AlignmentJitter draw(RandomGenerator random) {
    return new AlignmentJitter(
        random.nextBoolean(),
        Math.toRadians(3 * random.nextGaussian()),
        Math.exp(0.04 * random.nextGaussian()),
        4 * random.nextGaussian(),
        4 * random.nextGaussian());
  }

  /**
   * The aligned face.
   *
   * @return gray8, row-major, the square of the template's size
   */
  public byte[] align(LocatedFace face) {
    int size = TEMPLATE.size();
    byte[] aligned = new AffineSampler(face.image()).sample(toSource(face), size);
    return mirrored ? mirror(aligned, size) : aligned;
  }

  /**
   * The mask of a face, aligned as the face is, by a faster sampler.
   *
   * @param mask in place of the image
   */
  public byte[] alignMask(LocatedFace mask) {
    int size = TEMPLATE.size();
    SimilarityTransform toSource = toSource(mask);
    double a = toSource.a();
    double b = toSource.b();
    double x = toSource.x(0.5, 0.5) - 0.5;
    double y = toSource.y(0.5, 0.5) - 0.5;
    try (PointerScope scope = new PointerScope()) {
      double[] matrix = {a, -b, x, b, a, y};
      int linear = opencv_imgproc.INTER_LINEAR;
      byte[] aligned =
          Images.toBytes(Images.warp(Images.toMat(mask.image()), matrix, size, size, linear));
      return mirrored ? mirror(aligned, size) : aligned;
    }
  }

  private SimilarityTransform toSource(LocatedFace face) {
    if (this == NONE) {
      return face.fromTemplate();
    }
    double cosine = scale * Math.cos(radians);
    double sine = scale * Math.sin(radians);
    List<FacePoint> places = new ArrayList<>();
    for (FacePoint point : TEMPLATE.points()) {
      double u = point.x() - MIDDLE;
      double v = point.y() - MIDDLE;
      places.add(
          new FacePoint(
              (float) (MIDDLE + x + cosine * u - sine * v),
              (float) (MIDDLE + y + sine * u + cosine * v)));
    }
    return SimilarityTransform.fit(face.points(), places).inverse();
  }

  private static byte[] mirror(byte[] pixels, int side) {
    byte[] out = new byte[pixels.length];
    for (int at = 0; at < out.length; at++) {
      int column = at % side;
      out[at] = pixels[at - column + side - 1 - column];
    }
    return out;
  }
}
