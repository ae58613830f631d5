package io.framewarden.trainer.resynthesis;

import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Squares of photographs, from the inner face to the whole head, a little aside, in other levels
 * and mirrored. A function of photographs, seed and number.
 */
final class SquareSource {
  private static final long STRIDE = 7919;
  private static final double MIN_WIDTHS = 1.05;
  private static final double MAX_WIDTHS = 2.2;

  private final List<Supplier<FacePhotograph>> photographs;
  private final int side;
  private final long seed;

  /**
   * @param side of the squares in pixels
   */
  SquareSource(List<Supplier<FacePhotograph>> photographs, int side, long seed) {
    this.photographs = photographs;
    this.side = side;
    this.seed = seed;
  }

  /** Side of the part of a square that is learnt from: convolutions do the same everywhere. */
  static int partSide(int side) {
    return side / 2;
  }

  /** Parts of the squares of a step, one after the other, gray 0..255. */
  float[] batch(long step, int size) {
    int part = partSide(side);
    float[] values = new float[size * part * part];
    for (int i = 0; i < size; i++) {
      long number = step * size + i;
      SplittableRandom random = new SplittableRandom(seed + number);
      float[] square = floats(square(random.nextInt(photographs.size()), number));
      int from = random.nextInt(side - part + 1) * side + random.nextInt(side - part + 1);
      for (int row = 0; row < part; row++) {
        System.arraycopy(square, from + row * side, values, (i * part + row) * part, part);
      }
    }
    return values;
  }

  /** A square of one photograph, gray8. */
  byte[] square(int photograph, long number) {
    SplittableRandom random = new SplittableRandom(seed + STRIDE * number);
    FacePhotograph face = photographs.get(photograph).get();
    double widths = MIN_WIDTHS * Math.pow(MAX_WIDTHS / MIN_WIDTHS, random.nextDouble());
    double right = 0.16 * (random.nextDouble() - 0.5);
    double down = 0.2 * (random.nextDouble() - 0.6);
    try (PointerScope scope = new PointerScope()) {
      Mat cut =
          FaceSquare.around(face.landmarks(), widths, right, down)
              .cut(Images.toMat(face.image()), side);
      Mat toned = Tones.adjustGamma(cut, Math.exp(0.6 * (random.nextDouble() - 0.5)));
      if (random.nextBoolean()) {
        opencv_core.flip(toned, toned, 1);
      }
      return Images.toBytes(toned);
    }
  }

  /** Gray levels as numbers. */
  static float[] floats(byte[] square) {
    float[] values = new float[square.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = square[i] & 0xff;
    }
    return values;
  }
}
