package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LANCZOS4;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The inner face as a decoder would give it back: resampled down and up, sharpened, with the faint
 * grid of transposed convolutions.
 */
final class DecoderLike implements Forgery {
  private static final int[] UP = {INTER_LINEAR, INTER_CUBIC, INTER_LANCZOS4};

  @Override
  public String name() {
    return "decoder";
  }

  @Override
  public PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      byte[] mask = Masks.deformedHull(face.geometry(), random);
      double factor = 0.35 + 0.4 * random.nextDouble();
      Mat coarse =
          Images.resample(
              Images.toMat(face.pixels()), factor, INTER_AREA, UP[random.nextInt(UP.length)]);
      // Decoders are trained to look crisp: most of the sharpness lost comes back, as ringing.
      Mat crisp = Images.sharpen(coarse, 0.6 / factor, 0.5 + random.nextDouble());
      byte[] fake = addGrid(Images.toBytes(crisp), random);
      return new PseudoFake(Masks.blend(face.pixels(), fake, mask), mask);
    }
  }

  private static byte[] addGrid(byte[] pixels, RandomGenerator random) {
    int period = random.nextBoolean() ? 2 : 4;
    int across = random.nextInt(period);
    int down = random.nextInt(period);
    double strength = 1 + 3 * random.nextDouble();
    byte[] higher = Images.adjustTone(pixels, 1, strength);
    byte[] lower = Images.adjustTone(pixels, 1, -strength);
    byte[] out = new byte[pixels.length];
    for (int i = 0; i < out.length; i++) {
      int column = (i % FaceGeometry.SIZE + across) / (period / 2);
      int row = (i / FaceGeometry.SIZE + down) / (period / 2);
      out[i] = (column + row) % 2 == 0 ? higher[i] : lower[i];
    }
    return out;
  }
}
