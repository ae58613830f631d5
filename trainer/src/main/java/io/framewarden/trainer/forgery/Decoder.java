package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Jpeg;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * The inner face as a decoder gives it back: through few pixels, hence with less detail than the
 * photograph and never with more, in slightly other levels and a slightly other place.
 */
final class Decoder implements Forgery {
  private static final int MIN_BOTTLENECK = 44;
  private static final int MAX_BOTTLENECK = 160;
  private static final double MAX_SHIFT = 35;

  @Override
  public String name() {
    return "decoder";
  }

  @Override
  public ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      byte[] mask = Masks.draw(MaskShape.draw(MaskShape.WHOLE, random), face, Masks.WHOLE, random);
      return Blending.pair(image, decode(image, face.landmarks(), 1, random), mask);
    }
  }

  /**
   * The image with everything around the face decoded.
   *
   * @param toneShare how much of the usual change of levels there is
   */
  static Mat decode(Mat image, DenseLandmarks landmarks, double toneShare, RandomGenerator random) {
    double side = landmarks.faceWidth() * (1.1 + 0.4 * random.nextDouble());
    Rect region = region(image, landmarks, side);
    Mat inner = image.apply(region).clone();
    double bottleneck =
        MIN_BOTTLENECK * Math.pow((double) MAX_BOTTLENECK / MIN_BOTTLENECK, random.nextDouble());
    double factor = Math.min(1, bottleneck / side);
    Mat small =
        Images.resize(
            inner,
            (int) Math.max(8, Math.round(inner.cols() * factor)),
            (int) Math.max(8, Math.round(inner.rows() * factor)),
            INTER_AREA);
    Mat up = enlarge(tone(smooth(small, random), toneShare, random), inner, side, random);
    // A photograph with fewer pixels than the bottleneck still loses something.
    Mat soft = factor > 0.9 ? Images.blur(up, 0.6 + 0.4 * random.nextDouble()) : up;
    boolean crisp = random.nextInt(5) == 0;
    Mat decoded = crisp ? Images.sharpen(soft, 1, 0.3 * random.nextDouble()) : soft;
    Mat out = image.clone();
    decoded.copyTo(out.apply(region));
    return out;
  }

  private static Rect region(Mat image, DenseLandmarks landmarks, double side) {
    FacePoint centre = landmarks.centre(0, DenseLandmarks.POINTS - 1);
    int left = (int) Math.max(0, Math.min(image.cols() - 9.0, centre.x() - side / 2));
    int top = (int) Math.max(0, Math.min(image.rows() - 9.0, centre.y() - side * 0.55));
    int right = (int) Math.max(left + 8.0, Math.min(image.cols(), centre.x() + side / 2));
    int bottom = (int) Math.max(top + 8.0, Math.min(image.rows(), centre.y() + side * 0.45));
    return new Rect(left, top, right - left, bottom - top);
  }

  /** What a decoder cannot say: half of the time only what its few pixels cannot hold. */
  private static Mat smooth(Mat small, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        Mat out = new Mat();
        double levels = 10 + 30 * random.nextDouble();
        opencv_imgproc.bilateralFilter(small, out, 5, levels, 1 + 2 * random.nextDouble());
        yield out;
      }
      // Few pixels would fall apart into blocks at the lowest qualities.
      case 1 -> Jpeg.compress(small, (small.cols() < 96 ? 45 : 20) + random.nextInt(26));
      default -> small;
    };
  }

  private static Mat tone(Mat small, double share, RandomGenerator random) {
    double shift = share * (-3 + 12 * random.nextGaussian());
    double contrast = 1 + share * (-0.2 + 0.25 * random.nextDouble());
    return Tones.adjustTone(
        small, contrast, middleLevel(small), Math.max(-MAX_SHIFT, Math.min(MAX_SHIFT, shift)));
  }

  /** The mean level of the middle: around it there is background. */
  private static double middleLevel(Mat small) {
    byte[] pixels = Images.toBytes(small);
    int width = small.cols();
    int height = small.rows();
    long sum = 0;
    int count = 0;
    for (int y = height / 4; y < height - height / 4; y++) {
      for (int x = width / 4; x < width - width / 4; x++) {
        sum += pixels[y * width + x] & 0xff;
        count++;
      }
    }
    return (double) sum / count;
  }

  /** Back to its size, shifted by up to 1 % of the side and scaled by 1.5 %. */
  private static Mat enlarge(Mat small, Mat inner, double side, RandomGenerator random) {
    double scale = 1 + 0.03 * (random.nextDouble() - 0.5);
    double across = scale * small.cols() / inner.cols();
    double down = scale * small.rows() / inner.rows();
    double x = 0.02 * side * (random.nextDouble() - 0.5);
    double y = 0.02 * side * (random.nextDouble() - 0.5);
    double[] toSource = {
      across,
      0,
      (small.cols() - 1) / 2.0 - across * ((inner.cols() - 1) / 2.0 + x),
      0,
      down,
      (small.rows() - 1) / 2.0 - down * ((inner.rows() - 1) / 2.0 + y)
    };
    int interpolation = random.nextBoolean() ? INTER_CUBIC : INTER_LINEAR;
    return Images.warp(small, toSource, inner.cols(), inner.rows(), interpolation);
  }
}
