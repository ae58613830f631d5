package io.framewarden.trainer.degradation;

import static io.framewarden.trainer.degradation.CameraDegradation.chance;
import static io.framewarden.trainer.degradation.CameraDegradation.symmetric;

import io.framewarden.extraction.face.SimilarityTransform;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A face's way through video: a short clip with a little pan and zoom, encoded once or several
 * times, with a change of size before each.
 *
 * @param faceWidth pixels of the face before the first encoding; 0 for that of the photograph
 * @param frame which frame of the clip is looked at, from 0; those after it need not exist
 * @param panX pixels between two frames
 * @param panY pixels between two frames
 * @param zoom factor between two frames
 * @param generations the encodings in order; none for a still
 */
record ClipDegradation(
    double faceWidth,
    int frame,
    double panX,
    double panY,
    double zoom,
    List<Generation> generations) {
  private static final int MIN_FRAMES = 3;
  private static final int MAX_FRAMES = 6;

  /**
   * Faces of fewer pixels get finer quantisers, 8 for each halving: else nothing is left of them.
   */
  private static final double COARSE_WIDTH = 112;

  /** What happens over a whole clip, at most: pixels of pan, and zoom. */
  private static final double PAN = 2;

  private static final double ZOOM = 0.02;

  /**
   * One encoding.
   *
   * @param scale of the frames' size before it
   * @param quantiser of H.264
   */
  record Generation(double scale, int quantiser) {}

  /** A still of this size. */
  static ClipDegradation still(double faceWidth) {
    return new ClipDegradation(faceWidth, 0, 0, 0, 1, List.of());
  }

  /** The second frame of a clip that hardly moves. */
  static ClipDegradation encoded(double faceWidth, Generation... generations) {
    return new ClipDegradation(faceWidth, 1, 0.5, 0.25, 1.002, List.of(generations));
  }

  /**
   * @param strength 0 to 1: how far towards their worst the numbers go
   */
  static ClipDegradation draw(DegradationPolicy policy, double strength, RandomGenerator random) {
    double largest = policy.maxFaceWidth();
    double smallest = largest * Math.pow(policy.minFaceWidth() / largest, strength);
    if (!chance(policy.h264(), random)) {
      return still(logUniform(smallest, largest, random));
    }
    int low = policy.minQuantiser();
    int high = low + (int) Math.round((policy.maxQuantiser() - low) * (0.4 + 0.6 * strength));
    if (chance(policy.poor() * strength, random)) {
      return poor(policy, high, random);
    }
    double width = logUniform(smallest, largest, random);
    Generation last = new Generation(1, quantiser(low, high, width, random));
    return chance(0.2, random)
        ? clip(width, random, new Generation(1, quantiser(low, high, width, random)), last)
        : clip(width, random, last);
  }

  private static ClipDegradation poor(DegradationPolicy policy, int high, RandomGenerator random) {
    int low = policy.minQuantiser();
    int coarse = Math.min(high, low + 4);
    int middle = (low + high) / 2;
    return switch (random.nextInt(4)) {
      // The whole image at 224 pixels, as data sets and previews have it.
      case 0 -> {
        double width = logUniform(0.7 * policy.minFaceWidth(), 90, random);
        yield clip(width, random, new Generation(1, quantiser(coarse, high, width, random)));
      }
      // A small webcam, enlarged before it is encoded.
      case 1 -> {
        double width = logUniform(0.65 * policy.minFaceWidth(), 80, random);
        double scale = 1.5 + 1.5 * random.nextDouble();
        yield clip(
            width, random, new Generation(scale, quantiser(low, high, scale * width, random)));
      }
      // From messenger to messenger, each with a size of its own.
      default -> {
        double width = logUniform(90, policy.maxFaceWidth(), random);
        double least = Math.min(1, 0.8 * policy.minFaceWidth() / width);
        double down = Math.max(least, 0.35 + 0.5 * random.nextDouble());
        Generation first = new Generation(1, quantiser(low, middle, width, random));
        Generation second = new Generation(down, quantiser(coarse, high, down * width, random));
        Generation third = new Generation(1 / down, quantiser(low, middle, width, random));
        yield random.nextBoolean()
            ? clip(width, random, first, second)
            : clip(width, random, first, second, third);
      }
    };
  }

  /**
   * Where points of the still are in the frame that is looked at.
   *
   * @param side of the still, pixels
   */
  SimilarityTransform panned(int side) {
    double zoomed = Math.pow(zoom, frame);
    double rest = side / 2.0 * (1 - zoomed);
    return new SimilarityTransform(zoomed, 0, rest + frame * panX, rest + frame * panY);
  }

  private static ClipDegradation clip(
      double faceWidth, RandomGenerator random, Generation... generations) {
    int frames = MIN_FRAMES + random.nextInt(MAX_FRAMES - MIN_FRAMES + 1);
    return new ClipDegradation(
        faceWidth,
        random.nextInt(frames),
        PAN / (frames - 1) * symmetric(random),
        PAN / (frames - 1) * symmetric(random),
        Math.pow(1 + ZOOM * symmetric(random), 1.0 / (frames - 1)),
        List.of(generations));
  }

  private static int quantiser(int low, int high, double faceWidth, RandomGenerator random) {
    double finer = 8 * Math.max(0, Math.log(COARSE_WIDTH / faceWidth) / Math.log(2));
    int highest = (int) Math.max(low, Math.round(high - finer));
    return low + random.nextInt(highest - low + 1);
  }

  private static double logUniform(double low, double high, RandomGenerator random) {
    return low * Math.pow(Math.max(1, high / low), random.nextDouble());
  }
}
