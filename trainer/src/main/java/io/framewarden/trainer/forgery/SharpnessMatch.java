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
  private static final int HALVINGS = 5;
  private static final double STRONGEST_BLUR = 1.6;
  private static final double STRONGEST_SHARPENING = 2;

  private SharpnessMatch() {}

  /** {@link #matched} for half of the faces, the face itself for the rest. */
  public static byte[] sometimes(byte[] real, byte[] fake, RandomGenerator random) {
    return random.nextBoolean() ? matched(real, fake) : real;
  }

  /**
   * The real face, blurred or sharpened as a whole until its score of the blur baseline is the
   * fake's, as nearly as five halvings get.
   */
  public static byte[] matched(byte[] real, byte[] fake) {
    double target = BlurBaseline.score(fake);
    boolean soften = target > BlurBaseline.score(real);
    double low = 0;
    double high = soften ? STRONGEST_BLUR : STRONGEST_SHARPENING;
    byte[] best = real;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      best = filtered(real, middle, soften);
      boolean tooLittle = soften == BlurBaseline.score(best) < target;
      low = tooLittle ? middle : low;
      high = tooLittle ? high : middle;
    }
    return best;
  }

  private static byte[] filtered(byte[] face, double strength, boolean soften) {
    try (PointerScope scope = new PointerScope()) {
      Mat source = Rasters.gray(face);
      return Rasters.bytes(
          soften
              ? Rasters.blurred(source, Math.max(0.1, strength))
              : Rasters.sharpened(source, 1, strength));
    }
  }
}
