package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.medianBlur;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An inner face with another history than its surroundings: compressed as JPEG on a shifted grid,
 * noisier, or denoised. Nothing is moved.
 */
final class Splice implements Forgery {
  @Override
  public String name() {
    return "splice";
  }

  @Override
  public PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      byte[] mask = Masks.deformedHull(face.geometry(), random);
      byte[] other =
          switch (random.nextInt(4)) {
            case 0 -> Images.addNoise(face.pixels(), 4 + 6 * random.nextDouble(), random);
            case 1 -> denoise(face.pixels());
            default -> compressOffGrid(face.pixels(), 25 + random.nextInt(50), random);
          };
      return new PseudoFake(Masks.blend(face.pixels(), other, mask), mask);
    }
  }

  private static byte[] denoise(byte[] pixels) {
    Mat out = new Mat();
    medianBlur(Images.toMat(pixels), out, 3);
    return Images.toBytes(out);
  }

  /** JPEG whose 8x8 grid does not start at the image's corner. */
  private static byte[] compressOffGrid(byte[] pixels, int quality, RandomGenerator random) {
    int shift = (1 + random.nextInt(7)) * FaceGeometry.SIZE + 1 + random.nextInt(7);
    byte[] coded = Images.toBytes(Images.compressJpeg(Images.toMat(roll(pixels, shift)), quality));
    return roll(coded, pixels.length - shift);
  }

  /** The pixels from {@code first} on, and then those before it. */
  private static byte[] roll(byte[] pixels, int first) {
    byte[] out = new byte[pixels.length];
    System.arraycopy(pixels, first, out, 0, pixels.length - first);
    System.arraycopy(pixels, 0, out, pixels.length - first, first);
    return out;
  }
}
