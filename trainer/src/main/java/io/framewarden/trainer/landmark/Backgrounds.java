package io.framewarden.trainer.landmark;

import static io.framewarden.trainer.landmark.CropJitter.between;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import java.util.random.RandomGenerator;

/**
 * Squares that show no face, as detectors take for one, made of the same photographs by the same
 * chain: what lies beside the face, a part of it, a face that is upside down or half missed, and
 * the pieces of a face in a wrong order. Stateless.
 */
final class Backgrounds {
  private static final int SIDE = LandmarkNetwork.SIDE;

  private Backgrounds() {}

  /** Draws a square. */
  static LandmarkSample draw(LabelledFace face, RandomGenerator random) {
    int kind = random.nextInt(10);
    // Another photograph beyond the border would bring another face, and so would a mirror where
    // the square is large.
    Surroundings.Kind beyond =
        kind < 3 ? Surroundings.Kind.REFLECTED : Surroundings.Kind.REPLICATED;
    LandmarkAugmentation.Scene scene =
        LandmarkAugmentation.scene(face, beyond, face.image(), random);
    CropJitter jitter =
        switch (kind) {
          case 0, 1, 2 -> beside(random);
          case 3, 4 -> part(random);
          case 5, 6 -> missed(random);
          case 7 -> upsideDown(random);
          default -> CropJitter.ofBox(random);
        };
    SimilarityTransform crop = jitter.apply(scene.crop());
    byte[] pixels = new AffineSampler(scene.image()).sample(crop, SIDE);
    boolean jumbled = kind > 7;
    return new LandmarkSample(jumbled ? jumble(pixels, random) : pixels, new float[0]);
  }

  /** A small square at the border of the photograph, where hair, clothes and walls are. */
  private static CropJitter beside(RandomGenerator random) {
    double angle = between(0, 2 * Math.PI, random);
    double distance = between(0.5, 0.75, random);
    return new CropJitter(
        between(-180, 180, random),
        between(0.2, 0.6, random),
        distance * Math.cos(angle),
        distance * Math.sin(angle));
  }

  private static CropJitter part(RandomGenerator random) {
    return new CropJitter(
        between(-45, 45, random),
        between(0.12, 0.35, random),
        between(-0.35, 0.35, random),
        between(-0.35, 0.35, random));
  }

  /** The middle of the square lies beside the face. */
  private static CropJitter missed(RandomGenerator random) {
    double angle = between(0, 2 * Math.PI, random);
    double distance = between(0.5, 0.85, random);
    return new CropJitter(
        between(-45, 45, random),
        between(0.7, 1.3, random),
        distance * Math.cos(angle),
        distance * Math.sin(angle));
  }

  private static CropJitter upsideDown(RandomGenerator random) {
    CropJitter box = CropJitter.ofBox(random);
    return new CropJitter(180 + 1.5 * box.angle(), box.scale(), box.x(), box.y());
  }

  /** The square's tiles in another order. */
  private static byte[] jumble(byte[] pixels, RandomGenerator random) {
    int tiles = 2 + random.nextInt(3);
    int side = SIDE / tiles;
    int[] order = new int[tiles * tiles];
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    byte[] out = pixels.clone();
    for (int i = 0; i < order.length; i++) {
      int to = i / tiles * side * SIDE + i % tiles * side;
      int from = order[i] / tiles * side * SIDE + order[i] % tiles * side;
      for (int row = 0; row < side; row++) {
        System.arraycopy(pixels, from + row * SIDE, out, to + row * SIDE, side);
      }
    }
    return out;
  }
}
