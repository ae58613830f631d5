package io.framewarden.trainer.degradation;

import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Jpeg;
import io.framewarden.trainer.image.Tones;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What happens to a face before a video codec sees it: light, focus, motion, a camera's sharpening,
 * JPEG. A number of 0 leaves its step out.
 *
 * @param gamma exponent of the levels; 1 for none
 * @param gain contrast around mid-gray; 1 for none
 * @param shift of the levels
 * @param blur sigma of a Gaussian, pixels
 * @param motion length of a motion blur, pixels
 * @param direction of the motion, radians
 * @param sharpening amount of unsharp masking of the whole image
 * @param jpeg quality, 1 to 100
 * @param noise deviation of Gaussian noise in levels, new in every frame
 */
record CameraDegradation(
    double gamma,
    double gain,
    double shift,
    double blur,
    double motion,
    double direction,
    double sharpening,
    int jpeg,
    double noise) {
  static final CameraDegradation NONE = new CameraDegradation(1, 1, 0, 0, 0, 0, 0, 0, 0);

  /**
   * @param strength 0 to 1: how far towards their worst the numbers go
   */
  static CameraDegradation draw(double strength, RandomGenerator random) {
    boolean gamma = chance(0.3, random);
    boolean tone = chance(0.3, random);
    return new CameraDegradation(
        gamma ? Math.exp(strength * Math.log(1.42) * symmetric(random)) : 1,
        tone ? 1 + 0.3 * strength * symmetric(random) : 1,
        tone ? 25 * strength * symmetric(random) : 0,
        chance(0.15, random) ? 0.4 + 1.1 * strength * random.nextDouble() : 0,
        chance(0.1, random) ? 1.5 + 3.5 * strength * random.nextDouble() : 0,
        Math.PI * random.nextDouble(),
        chance(0.15, random) ? 0.2 + 0.6 * strength * random.nextDouble() : 0,
        chance(0.3, random) ? (int) (95 - 60 * strength * random.nextDouble()) : 0,
        chance(0.3, random) ? 4 * strength * random.nextDouble() : 0);
  }

  /** Everything but noise. Called inside a {@code PointerScope}. */
  Mat apply(Mat image) {
    Mat out = image;
    if (gamma != 1) {
      out = Tones.adjustGamma(out, gamma);
    }
    if (gain != 1 || shift != 0) {
      out = Tones.adjustTone(out, gain, shift);
    }
    if (blur > 0) {
      out = Images.blur(out, blur);
    }
    if (motion > 0) {
      out = Images.blurMotion(out, motion, direction);
    }
    if (sharpening > 0) {
      out = Images.sharpen(out, 1, sharpening);
    }
    return jpeg > 0 ? Jpeg.compress(out, jpeg) : out;
  }

  static boolean chance(double share, RandomGenerator random) {
    return random.nextDouble() < share;
  }

  /** Uniform in [-1, 1). */
  static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }
}
