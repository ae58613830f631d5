package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The face blended with a copy of itself, after Shiohara and Yamasaki (2022): one of the two has
 * another tone and sharpness, and the copy lies a little aside. Where it is the outer one that
 * changed, the changed photograph is the real one of the pair, so that neither class is softer,
 * brighter or sharper than the other.
 */
final class SelfBlend implements Forgery {
  private static final double[] SHARES = {0.25, 0.5, 0.75, 1, 1, 1};
  private static final List<MaskShape> SHAPES = List.of(MaskShape.values());

  @Override
  public String name() {
    return "self-blend";
  }

  @Override
  public ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      Mat changed = change(image, random);
      boolean outside = random.nextBoolean();
      Mat outer = outside ? changed : image;
      Mat inner = move(outside ? image : changed, face, random);
      byte[] mask = Masks.draw(MaskShape.draw(SHAPES, random), face, Masks.PARTIAL, random);
      byte[] share = Masks.scale(mask, SHARES[random.nextInt(SHARES.length)]);
      return Blending.pair(outer, inner, share);
    }
  }

  /** Another tone, and softer or sharper. */
  private static Mat change(Mat image, RandomGenerator random) {
    double shift = random.nextBoolean() ? 20 * symmetric(random) : 0;
    double gain = 1 + 0.1 * symmetric(random);
    double contrast = 1 + 0.1 * symmetric(random);
    // A gain is a contrast around black, hence a shift of the middle.
    Mat tone = Tones.adjustTone(image, gain * contrast, shift + 128 * (gain - 1));
    if (random.nextBoolean()) {
      return Images.sharpen(tone, 1, 0.2 + 0.3 * random.nextDouble());
    }
    int up = random.nextBoolean() ? INTER_CUBIC : INTER_LINEAR;
    return Images.resample(tone, 1 / (2 + 2 * random.nextDouble()), up);
  }

  /** Shifted by up to 4 % of the face's width across and half of that down, and scaled by 5 %. */
  private static Mat move(Mat image, FacePhotograph face, RandomGenerator random) {
    double width = face.landmarks().faceWidth();
    double scale = 1 + 0.05 * symmetric(random);
    double x = 0.04 * width * symmetric(random);
    double y = 0.02 * width * symmetric(random);
    GrayImage size = face.image();
    FacePoint nose = face.landmarks().point(30);
    double[] toSource = {
      scale, 0, nose.x() * (1 - scale) - x, 0, scale, nose.y() * (1 - scale) - y
    };
    int interpolation = random.nextBoolean() ? INTER_CUBIC : INTER_LINEAR;
    return Images.warp(image, toSource, size.width(), size.height(), interpolation);
  }

  /** Uniform in [-1, 1). */
  private static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }
}
