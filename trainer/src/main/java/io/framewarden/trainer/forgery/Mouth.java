package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Reenactment: the mouth opened, closed, stretched or drawn aside by a few pixels, and the lower
 * face decoded.
 */
final class Mouth implements Forgery {
  /** A face of so many pixels is warped by the numbers below. */
  private static final double FACE_WIDTH = 150;

  /** A mouth in another tone than its face would be a stain. */
  private static final double TONE_SHARE = 0.4;

  private static final double MIN_WARP = 2;
  private static final double MAX_WARP = 6;

  /** The largest value of {@code v (1 - v^2)^2}. */
  private static final double STRETCH_PEAK = 0.286;

  @Override
  public String name() {
    return "mouth";
  }

  @Override
  public ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      byte[] mask = Masks.draw(MaskShape.MOUTH, face, Masks.WHOLE, random);
      Mat warped = warp(image, face, random);
      return Blending.pair(
          image, Decoder.decode(warped, face.landmarks(), TONE_SHARE, random), mask);
    }
  }

  private static Mat warp(Mat image, FacePhotograph face, RandomGenerator random) {
    double unit = face.landmarks().faceWidth() / FACE_WIDTH;
    FaceAxes axes = FaceAxes.of(face.landmarks());
    FacePoint centre = face.landmarks().centre(48, 67);
    double height = Math.max(1e-3, axes.height());
    double sine = -axes.downX() / height;
    double cosine = axes.downY() / height;
    double rx = 0.34 * face.landmarks().faceWidth();
    double ry = 0.30 * face.landmarks().faceWidth();
    double amount = unit * (MIN_WARP + (MAX_WARP - MIN_WARP) * random.nextDouble());
    double direction = 2 * Math.PI * random.nextDouble();
    boolean stretches = random.nextInt(3) > 0;
    int width = image.cols();
    int rows = image.rows();
    float[] x = new float[width * rows];
    float[] y = new float[width * rows];
    for (int i = 0; i < x.length; i++) {
      double px = i % width + 0.5 - centre.x();
      double py = i / width + 0.5 - centre.y();
      double u = (px * cosine + py * sine) / rx;
      double v = (py * cosine - px * sine) / ry;
      double rest = Math.max(0, 1 - u * u - v * v);
      double weight = amount * rest * rest;
      double across = weight * Math.cos(direction) * (stretches ? u / STRETCH_PEAK : 1);
      double down = weight * Math.sin(direction) * (stretches ? v / STRETCH_PEAK : 1);
      x[i] = (float) (i % width + across * cosine - down * sine);
      y[i] = (float) (i / width + across * sine + down * cosine);
    }
    Mat out = new Mat();
    opencv_imgproc.remap(
        image,
        out,
        Images.toFloatMat(x, width, rows),
        Images.toFloatMat(y, width, rows),
        INTER_CUBIC,
        BORDER_REFLECT_101,
        new Scalar(0));
    return out;
  }
}
