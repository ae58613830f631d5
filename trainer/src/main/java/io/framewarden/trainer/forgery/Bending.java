package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.framewarden.trainer.image.Images;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Elastic deformation of masks (Simard, Steinkraus and Platt, 2003). Stateless. */
final class Bending {
  /** Distance of the nodes between which random displacements are interpolated, pixels. */
  private static final double NODE_DISTANCE = 14;

  private Bending() {}

  /** Moves pixels by smooth random displacements of up to {@code strength} pixels. */
  static Mat bend(Mat mask, double strength, double unit, RandomGenerator random) {
    int width = mask.cols();
    int height = mask.rows();
    float[] x = displacements(width, height, strength, unit, random);
    float[] y = displacements(width, height, strength, unit, random);
    for (int i = 0; i < x.length; i++) {
      x[i] += i % width;
      int row = i / width;
      y[i] += row;
    }
    Mat out = new Mat();
    opencv_imgproc.remap(
        mask,
        out,
        Images.toFloatMat(x, width, height),
        Images.toFloatMat(y, width, height),
        INTER_LINEAR,
        BORDER_REPLICATE,
        new Scalar(0));
    return out;
  }

  private static float[] displacements(
      int width, int height, double strength, double unit, RandomGenerator random) {
    int columns = (int) Math.max(3, Math.ceil(width / (NODE_DISTANCE * unit)));
    int rows = (int) Math.max(3, Math.ceil(height / (NODE_DISTANCE * unit)));
    float[] nodes = new float[columns * rows];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = (float) (strength * (2 * random.nextDouble() - 1));
    }
    float[] values = new float[width * height];
    Mat smooth = Images.resize(Images.toFloatMat(nodes, columns, rows), width, height, INTER_CUBIC);
    new FloatPointer(smooth.data()).get(values);
    return values;
  }
}
