package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.photograph.FacePhotograph;
import io.framewarden.trainer.resynthesis.Autoencoder;
import io.framewarden.trainer.resynthesis.FaceSquare;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Synthesis of a whole face, as talking heads are made of one photograph: the inner face, the head
 * or the whole photograph through an {@link Autoencoder}, which makes it anew with the texture of
 * its way of enlarging.
 */
final class Resynthesis implements Forgery {
  /** A photograph wider than this is not made anew as a whole: its face would have few pixels. */
  private static final double MAX_WIDTHS = 2.4;

  /** An autoencoder knows nothing beyond its square's border, and makes a dark line there. */
  private static final double BEYOND = 1.08;

  private static final double TONE = 4;

  /**
   * Share of the photograph in what is made, at most: ours lose far more detail than the networks
   * of real tools, whose faces differ from photographs less by sharpness than by texture.
   */
  private static final double MAX_KEPT = 0.8;

  @Override
  public String name() {
    return "resynthesis";
  }

  @Override
  public ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      int extent = random.nextInt(4);
      int side = Math.max(image.cols(), image.rows());
      if (extent > 1) {
        return inner(image, face, random);
      }
      return extent == 1 && side <= MAX_WIDTHS * face.landmarks().faceWidth()
          ? all(image, (int) Math.ceil(BEYOND * side), random)
          : head(image, face, random);
    }
  }

  /** The whole photograph: no pixel of it remains. */
  private static ForgedPair all(Mat image, int side, RandomGenerator random) {
    FaceSquare square = new FaceSquare((image.cols() - side) / 2, (image.rows() - side) / 2, side);
    byte[] mask = new byte[image.rows() * image.cols()];
    Arrays.fill(mask, (byte) 255);
    return Blending.pair(image, remake(image, square, random), mask);
  }

  private static ForgedPair head(Mat image, FacePhotograph face, RandomGenerator random) {
    double widths = between(1.5, 1.9, random);
    FaceSquare square = FaceSquare.around(face.landmarks(), widths, 0, -0.08);
    byte[] mask = within(square, face.image(), between(0.08, 0.2, random));
    return Blending.pair(image, remake(image, square, random), mask);
  }

  private static ForgedPair inner(Mat image, FacePhotograph face, RandomGenerator random) {
    double widths = between(1.1, 1.4, random);
    FaceSquare square = FaceSquare.around(face.landmarks(), widths, 0, -0.05);
    byte[] mask = within(square, face.image(), 0.06);
    byte[] drawn = Masks.draw(MaskShape.draw(MaskShape.WHOLE, random), face, Masks.WHOLE, random);
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) ((mask[i] & 0xff) * (drawn[i] & 0xff) / 255);
    }
    return Blending.pair(image, remake(image, square, random), mask);
  }

  /** 255 in the square, falling to 0 towards its border over a part of its side. */
  private static byte[] within(FaceSquare square, GrayImage image, double part) {
    byte[] mask = new byte[image.pixels().length];
    double reach = Math.max(1, part * square.side());
    for (int i = 0; i < mask.length; i++) {
      int x = i % image.width() - square.left();
      int y = i / image.width() - square.top();
      int inside = Math.min(Math.min(x, square.side() - 1 - x), Math.min(y, square.side() - 1 - y));
      double share = Math.max(0, Math.min(1, inside / reach));
      mask[i] = (byte) Math.round(255 * share * share * (3 - 2 * share));
    }
    return mask;
  }

  /** The image with what it shows in a square made anew. */
  private static Mat remake(Mat image, FaceSquare square, RandomGenerator random) {
    List<Autoencoder> all = Autoencoder.bundled();
    Autoencoder first = all.get(random.nextInt(all.size()));
    Mat made = through(first, square.cut(image, first.side()));
    if (random.nextInt(5) == 0) {
      Autoencoder second = all.get(random.nextInt(all.size()));
      made = through(second, Images.resize(made, second.side(), second.side(), INTER_AREA));
    }
    if (random.nextInt(10) < 3) {
      made = Images.sharpen(made, 1, 0.3 * random.nextDouble());
    }
    int interpolation = random.nextBoolean() ? INTER_CUBIC : INTER_LINEAR;
    Mat fitted = Images.resize(made, square.side(), square.side(), interpolation);
    double kept = MAX_KEPT * random.nextDouble();
    Mat photograph = Images.square(image, square.left(), square.top(), square.side());
    double shift = mean(photograph) - mean(fitted) + between(-TONE, TONE, random);
    Mat toned = Tones.adjustTone(fitted, between(0.95, 1.05, random), mean(fitted), shift);
    opencv_core.addWeighted(toned, 1 - kept, photograph, kept, 0, toned);
    Mat out = image.clone();
    place(toned, out, square);
    return out;
  }

  private static void place(Mat made, Mat image, FaceSquare square) {
    int left = Math.max(0, square.left());
    int top = Math.max(0, square.top());
    int width = Math.min(image.cols(), square.left() + square.side()) - left;
    int height = Math.min(image.rows(), square.top() + square.side()) - top;
    made.apply(new Rect(left - square.left(), top - square.top(), width, height))
        .copyTo(image.apply(new Rect(left, top, width, height)));
  }

  private static double mean(Mat gray) {
    return opencv_core.mean(gray).get(0);
  }

  private static Mat through(Autoencoder autoencoder, Mat square) {
    byte[] made = autoencoder.reconstruct(Images.toBytes(square));
    return Images.toMat(made, autoencoder.side(), autoencoder.side());
  }

  private static double between(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }
}
