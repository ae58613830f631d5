package io.framewarden.trainer.image;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * How much detail the inner face has in four bands, and its mean level. What a forgery takes away
 * or adds shows as the difference to the real face. Stateless.
 */
public final class BandEnergies {
  /** The bands, as the two sigmas of a difference of Gaussians in pixels; 0 is the image itself. */
  public static final List<String> BANDS = List.of("0-1", "1-2", "2-4", "4-8");

  private static final double[] SIGMAS = {1, 2, 4, 8};

  private BandEnergies() {}

  /**
   * Natural logarithms of the mean squared difference of two blurs, over the ellipse of the inner
   * face, for each band; then the mean level there.
   *
   * @param face gray8, square, aligned
   */
  public static double[] of(byte[] face) {
    int side = (int) Math.round(Math.sqrt(face.length));
    double[] values = new double[SIGMAS.length + 1];
    try (PointerScope scope = new PointerScope()) {
      Mat finer = new Mat();
      Images.toMat(face, side, side).convertTo(finer, CV_32F);
      float[] before = floats(finer);
      values[SIGMAS.length] = mean(before, side);
      for (int band = 0; band < SIGMAS.length; band++) {
        float[] after = floats(Images.blur(finer, SIGMAS[band]));
        float[] squares = new float[after.length];
        for (int i = 0; i < squares.length; i++) {
          squares[i] = (before[i] - after[i]) * (before[i] - after[i]);
        }
        values[band] = Math.log(mean(squares, side) + 1e-3);
        before = after;
      }
    }
    return values;
  }

  private static double mean(float[] values, int side) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      double u = (i % side - 0.5 * side) / (0.30 * side);
      double v = (i / side - 0.47 * side) / (0.36 * side);
      if (u * u + v * v < 1) {
        sum += values[i];
        count++;
      }
    }
    return sum / Math.max(1, count);
  }

  private static float[] floats(Mat mat) {
    float[] values = new float[mat.rows() * mat.cols()];
    new FloatPointer(mat.data()).get(values);
    return values;
  }
}
