package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The inner face of somebody of the same pose on this head: fitted by an affine transform of the
 * landmarks, its levels matched, most of the time decoded, blended by alpha or seamlessly.
 */
final class FaceSwap implements Forgery {
  private static final int DECODED_PERCENT = 60;
  private static final int SEAMLESS_PERCENT = 30;

  /** Gray levels by which seamless blending changes the whole face, at most. */
  private static final double MAX_SHIFT = 12;

  @Override
  public String name() {
    return "swap";
  }

  @Override
  public boolean swaps() {
    return true;
  }

  @Override
  public ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      byte[] mask = Masks.draw(MaskShape.draw(MaskShape.WHOLE, random), face, Masks.WHOLE, random);
      double[] toDonor = fit(face, donor);
      Mat fitted =
          Images.warp(
              Images.toMat(donor.image()), toDonor, image.cols(), image.rows(), INTER_CUBIC);
      Mat matched = Blending.matchLevels(fitted, image, mask);
      boolean decoded = random.nextInt(100) < DECODED_PERCENT;
      Mat inner = decoded ? Decoder.decode(matched, face.landmarks(), 1, random) : matched;
      boolean seamless = random.nextInt(100) < SEAMLESS_PERCENT;
      return Blending.pair(image, seamless ? seamless(image, inner, mask) : inner, mask);
    }
  }

  /**
   * Poisson blending: the donor's gradients under the mask, the face's levels around it. The
   * difference to the donor is harmonic, hence interpolated from the differences at the rim. Where
   * the rim lies on background, the whole face would take its level: that is limited.
   */
  private static Mat seamless(Mat outer, Mat inner, byte[] mask) {
    byte[] face = Images.toBytes(outer);
    byte[] fake = Images.toBytes(inner);
    float[] difference = new float[mask.length];
    boolean[] free = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      difference[i] = (face[i] & 0xff) - (fake[i] & 0xff);
      free[i] = mask[i] != 0;
    }
    float[] correction = PoissonInterpolation.interpolate(difference, free, outer.cols());
    double mean = mean(correction, mask);
    double rest = mean - Math.max(-MAX_SHIFT, Math.min(MAX_SHIFT, mean));
    for (int i = 0; i < fake.length; i++) {
      fake[i] = Tones.clamp((fake[i] & 0xff) + correction[i] - rest);
    }
    return Images.toMat(fake, outer.cols(), outer.rows());
  }

  private static double mean(float[] values, byte[] mask) {
    double sum = 0;
    double weight = 1e-9;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * (mask[i] & 0xff);
      weight += mask[i] & 0xff;
    }
    return sum / weight;
  }

  /**
   * From pixels of the face to pixels of the donor, with the least squared error over the points of
   * the inner face and, at half of their weight, of the jaw.
   */
  private static double[] fit(FacePhotograph face, FacePhotograph donor) {
    List<FacePoint> from = weighted(face);
    List<FacePoint> to = weighted(donor);
    double mx = from.stream().mapToDouble(FacePoint::x).average().orElseThrow() - 0.5;
    double my = from.stream().mapToDouble(FacePoint::y).average().orElseThrow() - 0.5;
    double nx = to.stream().mapToDouble(FacePoint::x).average().orElseThrow() - 0.5;
    double ny = to.stream().mapToDouble(FacePoint::y).average().orElseThrow() - 0.5;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double[] u = new double[2];
    double[] v = new double[2];
    for (int i = 0; i < from.size(); i++) {
      double x = from.get(i).x() - 0.5 - mx;
      double y = from.get(i).y() - 0.5 - my;
      xx += x * x;
      xy += x * y;
      yy += y * y;
      u[0] += x * (to.get(i).x() - 0.5 - nx);
      u[1] += y * (to.get(i).x() - 0.5 - nx);
      v[0] += x * (to.get(i).y() - 0.5 - ny);
      v[1] += y * (to.get(i).y() - 0.5 - ny);
    }
    double determinant = Math.max(1e-9, xx * yy - xy * xy);
    double a = (yy * u[0] - xy * u[1]) / determinant;
    double b = (xx * u[1] - xy * u[0]) / determinant;
    double c = (yy * v[0] - xy * v[1]) / determinant;
    double d = (xx * v[1] - xy * v[0]) / determinant;
    return new double[] {a, b, nx - a * mx - b * my, c, d, ny - c * mx - d * my};
  }

  private static List<FacePoint> weighted(FacePhotograph photograph) {
    List<FacePoint> points = new ArrayList<>(photograph.landmarks().points());
    points.addAll(photograph.landmarks().points(17, 67));
    return points;
  }
}
