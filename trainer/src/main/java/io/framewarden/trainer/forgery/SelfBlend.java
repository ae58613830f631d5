package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * The face blended with a jittered copy of itself through a deformed hull: the blending boundary
 * and the mismatch of inner and outer face, without a second person. The copy is made softer as
 * often as sharper, so that sharpness alone does not give it away.
 */
final class SelfBlend implements Forgery {
  private static final int SIZE = FaceGeometry.SIZE;
  private static final double[] SHARES = {0.5, 0.75, 1, 1, 1};

  @Override
  public String name() {
    return "self-blend";
  }

  @Override
  public PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      byte[] mask = Masks.deformedHull(face.geometry(), random);
      byte[] copy = jitter(face.pixels(), random);
      byte[] share = Masks.scale(mask, SHARES[random.nextInt(SHARES.length)]);
      return new PseudoFake(Masks.blend(face.pixels(), copy, share), share);
    }
  }

  private static byte[] jitter(byte[] pixels, RandomGenerator random) {
    double gain = 1 + 0.2 * symmetric(random);
    double shift = 18 * symmetric(random);
    Mat tuned = changeSharpness(Images.toMat(Images.adjustTone(pixels, gain, shift)), random);
    return Images.toBytes(warp(tuned, random));
  }

  private static Mat changeSharpness(Mat source, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> Images.blur(source, 0.4 + 0.7 * random.nextDouble());
      case 1, 2 -> Images.sharpen(source, 1, 0.3 + 0.7 * random.nextDouble());
      default -> source;
    };
  }

  /** A small affine move plus an elastic one, in a single resampling. */
  private static Mat warp(Mat source, RandomGenerator random) {
    double angle = Math.toRadians(4 * symmetric(random));
    double scale = 1 + 0.05 * symmetric(random);
    float cos = (float) (scale * Math.cos(angle));
    float sin = (float) (scale * Math.sin(angle));
    float middle = SIZE / 2f;
    float x0 = (float) (middle + 6 * symmetric(random));
    float y0 = (float) (middle + 6 * symmetric(random));
    float[] dx = Masks.displacement(SIZE, 2, random);
    float[] dy = Masks.displacement(SIZE, 2, random);
    for (int row = 0; row < SIZE; row++) {
      float y = row - middle;
      for (int column = 0; column < SIZE; column++) {
        float x = column - middle;
        dx[row * SIZE + column] += x0 + cos * x - sin * y;
        dy[row * SIZE + column] += y0 + sin * x + cos * y;
      }
    }
    Mat out = new Mat();
    opencv_imgproc.remap(
        source,
        out,
        Images.toFloatMat(dx, SIZE),
        Images.toFloatMat(dy, SIZE),
        random.nextBoolean() ? opencv_imgproc.INTER_CUBIC : INTER_LINEAR,
        BORDER_REFLECT_101,
        new Scalar(0));
    return out;
  }

  /** Uniform in [-1, 1). */
  private static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }
}
