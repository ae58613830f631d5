package io.framewarden.trainer.forgery;

import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Jpeg;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An inner face with another history than its surroundings: compressed as JPEG on a shifted grid,
 * noisier, or denoised. Nothing is moved. A probe of what a model answers to: no deepfake that went
 * through a codec still shows it.
 */
final class Splice implements Forgery {
  @Override
  public String name() {
    return "splice";
  }

  @Override
  public ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      byte[] mask = Masks.draw(MaskShape.draw(MaskShape.WHOLE, random), face, Masks.WHOLE, random);
      Mat inner =
          switch (random.nextInt(4)) {
            case 0 -> Images.addNoise(image, 4 + 6 * random.nextDouble(), random);
            case 1 -> {
              Mat out = new Mat();
              opencv_imgproc.medianBlur(image, out, 3);
              yield out;
            }
            default -> compressOffGrid(face, 25 + random.nextInt(50), random);
          };
      return Blending.pair(image, inner, mask);
    }
  }

  /** JPEG whose 8x8 grid does not start at the image's corner. */
  private static Mat compressOffGrid(FacePhotograph face, int quality, RandomGenerator random) {
    byte[] pixels = face.image().pixels();
    int width = face.image().width();
    int height = face.image().height();
    int shift = (1 + random.nextInt(7)) * width + 1 + random.nextInt(7);
    Mat rolled = Images.toMat(roll(pixels, shift), width, height);
    byte[] coded = Images.toBytes(Jpeg.compress(rolled, quality));
    return Images.toMat(roll(coded, pixels.length - shift), width, height);
  }

  /** The pixels from {@code first} on, and then those before it. */
  private static byte[] roll(byte[] pixels, int first) {
    byte[] out = new byte[pixels.length];
    System.arraycopy(pixels, first, out, 0, pixels.length - first);
    System.arraycopy(pixels, 0, out, pixels.length - first, first);
    return out;
  }
}
