package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Augmentation: what cameras, uploads and codecs do to any face, real or fake: applied after
 * forging and drawn alike for both classes, so that none of it separates them. Stateless.
 */
public final class QualityAugmentation {
  private static final int SIZE = FaceGeometry.SIZE;

  /** A crop: mirror, rotation, scale and shift, shared by a real face and the fake made from it. */
  public record Crop(boolean mirrored, double angle, double scale, double x, double y) {

    /** Nothing moved. */
    public static final Crop NONE = new Crop(false, 0, 1, 0, 0);

    /** Whether pixels keep their size and stay on the grid, and most of the image in it. */
    boolean isShift() {
      boolean whole = x == Math.rint(x) && y == Math.rint(y);
      return angle == 0 && scale == 1 && whole && Math.max(Math.abs(x), Math.abs(y)) < SIZE;
    }

    /**
     * A mirror and a shift of up to 9 whole pixels, which cost no detail; for one in three faces
     * also 5 degrees and 8 %, within the errors of a detector's box.
     */
    public static Crop draw(RandomGenerator random) {
      boolean mirrored = random.nextBoolean();
      int x = random.nextInt(19) - 9;
      int y = random.nextInt(19) - 9;
      if (random.nextInt(3) > 0) {
        return new Crop(mirrored, 0, 1, x, y);
      }
      double angle = Math.toRadians(10 * random.nextDouble() - 5);
      return new Crop(mirrored, angle, 0.92 + 0.16 * random.nextDouble(), x, y);
    }
  }

  private QualityAugmentation() {}

  /** The image (or a mask) under a crop; the border is mirrored. */
  public static byte[] crop(byte[] pixels, Crop crop) {
    return crop.isShift() ? shift(pixels, crop) : warp(pixels, crop);
  }

  /** Whole pixels move as they are. */
  private static byte[] shift(byte[] pixels, Crop crop) {
    int[] columns = new int[SIZE];
    for (int x = 0; x < SIZE; x++) {
      int from = crop.mirrored() ? SIZE - 1 + (int) crop.x() - x : x - (int) crop.x();
      columns[x] = reflect(from);
    }
    byte[] out = new byte[pixels.length];
    for (int y = 0; y < SIZE; y++) {
      int row = reflect(y - (int) crop.y()) * SIZE;
      for (int x = 0; x < SIZE; x++) {
        out[y * SIZE + x] = pixels[row + columns[x]];
      }
    }
    return out;
  }

  /** The border's own pixel is not repeated. */
  private static int reflect(int place) {
    int positive = Math.abs(place);
    return positive < SIZE ? positive : 2 * (SIZE - 1) - positive;
  }

  private static byte[] warp(byte[] pixels, Crop crop) {
    try (PointerScope scope = new PointerScope()) {
      double cos = crop.scale() * Math.cos(crop.angle());
      double sin = crop.scale() * Math.sin(crop.angle());
      double flip = crop.mirrored() ? -1 : 1;
      double middle = (SIZE - 1) / 2.0;
      double[] values = {
        cos * flip,
        -sin,
        middle + crop.x() - cos * flip * middle + sin * middle,
        sin * flip,
        cos,
        middle + crop.y() - sin * flip * middle - cos * middle,
      };
      Mat matrix = new Mat(2, 3, CV_64FC1);
      new DoublePointer(matrix.data()).put(values, 0, values.length);
      Mat out = new Mat();
      opencv_imgproc.warpAffine(
          Images.toMat(pixels),
          out,
          matrix,
          new Size(SIZE, SIZE),
          INTER_LINEAR,
          BORDER_REFLECT_101,
          new Scalar(0));
      return Images.toBytes(out);
    }
  }

  /**
   * Brightness, contrast, resizing, blur, noise and JPEG, each with a chance of its own; half of
   * the faces stay as they are, because a network that only ever sees augmented traces does not
   * learn to find them.
   */
  public static byte[] augment(byte[] pixels, RandomGenerator random) {
    if (random.nextBoolean()) {
      return pixels;
    }
    try (PointerScope scope = new PointerScope()) {
      byte[] out = pixels;
      if (random.nextInt(10) < 6) {
        out =
            Images.adjustTone(out, 0.75 + 0.5 * random.nextDouble(), 50 * random.nextDouble() - 25);
      }
      if (random.nextInt(10) < 3) {
        out = soften(out, random);
      }
      if (random.nextInt(10) < 3) {
        out = Images.addNoise(out, 1 + 5 * random.nextDouble(), random);
      }
      if (random.nextInt(10) < 5) {
        out = Images.toBytes(Images.compressJpeg(Images.toMat(out), 50 + random.nextInt(46)));
      }
      return out;
    }
  }

  /** Softens the whole image, by blur or by a smaller size on the way. */
  public static byte[] soften(byte[] pixels, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat source = Images.toMat(pixels);
      if (random.nextBoolean()) {
        return Images.toBytes(Images.blur(source, 0.4 + 1.1 * random.nextDouble()));
      }
      double factor = 0.4 + 0.5 * random.nextDouble();
      int up = random.nextBoolean() ? INTER_CUBIC : INTER_LINEAR;
      return Images.toBytes(Images.resample(source, factor, INTER_AREA, up));
    }
  }
}
