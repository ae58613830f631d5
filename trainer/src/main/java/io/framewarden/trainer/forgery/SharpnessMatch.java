package io.framewarden.trainer.forgery;

import io.framewarden.trainer.evaluation.BlurBaseline;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Brings a real face to the sharpness of a fake: forging mostly softens, and a model would learn to
 * measure blur instead of finding forgeries. Stateless.
 */
public final class SharpnessMatch {
  private static final int MAX_ITERATIONS = 3;
  private static final double MAX_BLUR = 1.6;
  private static final double MAX_SHARPENING = 2;

  private SharpnessMatch() {}

  /** {@link #match} for half of the faces, the face itself for the rest. */
  public static byte[] matchSometimes(byte[] real, byte[] fake, RandomGenerator random) {
    return random.nextBoolean() ? match(real, fake) : real;
  }

  /**
   * The real face, blurred or sharpened as a whole until its score of the blur baseline is the
   * fake's, as nearly as a few interpolations of the strength get.
   */
  public static byte[] match(byte[] real, byte[] fake) {
    double target = BlurBaseline.score(fake);
    double weakest = BlurBaseline.score(real);
    boolean soften = target > weakest;
    double low = 0;
    double high = soften ? MAX_BLUR : MAX_SHARPENING;
    byte[] best = filter(real, high, soften);
    double strongest = BlurBaseline.score(best);
    for (int i = 0; i < MAX_ITERATIONS && soften == strongest > target; i++) {
      double strength = interpolate(low, high, (target - weakest) / (strongest - weakest));
      best = filter(real, strength, soften);
      double score = BlurBaseline.score(best);
      boolean tooLittle = soften == score < target;
      low = tooLittle ? strength : low;
      weakest = tooLittle ? score : weakest;
      high = tooLittle ? high : strength;
      strongest = tooLittle ? strongest : score;
    }
    return best;
  }

  /** Never all the way to an end, where interpolation would make no progress. */
  private static double interpolate(double low, double high, double part) {
    return low + (high - low) * Math.max(0.1, Math.min(0.9, part));
  }

  private static byte[] filter(byte[] face, double strength, boolean soften) {
    try (PointerScope scope = new PointerScope()) {
      Mat source = Images.toMat(face);
      return Images.toBytes(
          soften
              ? Images.blur(source, Math.max(0.1, strength))
              : Images.sharpen(source, 1, strength));
    }
  }
}
