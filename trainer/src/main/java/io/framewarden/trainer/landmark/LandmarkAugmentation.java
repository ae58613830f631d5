package io.framewarden.trainer.landmark;

import static io.framewarden.trainer.landmark.CropJitter.between;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.align.LandmarkCrop;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Jpeg;
import io.framewarden.trainer.image.Tones;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Squares around faces as video shows them and as detectors place them: continued beyond the
 * photograph, reduced to the size of a face in a video, blurred, compressed, cropped as far off as
 * boxes are, partly covered, mirrored. Stateless.
 */
final class LandmarkAugmentation {
  private static final int SIDE = LandmarkNetwork.SIDE;

  /** The side of the right crop in a reduced photograph, pixels: faces of 20 to 80. */
  private static final double MIN_CROP = 28;

  private static final double MAX_CROP = 112;

  /** The side of a reduced photograph, in sides of the right crop. */
  private static final double REACH = 2;

  /** A scene in which a face lies, with the crop that is right for it. */
  record Scene(GrayImage image, DenseLandmarks landmarks, SimilarityTransform crop) {}

  private LandmarkAugmentation() {}

  /**
   * Draws a square that shows a face.
   *
   * @param other another photograph, for what lies beyond the border and before the face
   */
  static LandmarkSample face(LabelledFace face, GrayImage other, RandomGenerator random) {
    Surroundings.Kind kind =
        Surroundings.Kind.values()[random.nextInt(Surroundings.Kind.values().length)];
    Scene scene = scene(face, kind, other, random);
    CropJitter jitter =
        random.nextBoolean() ? CropJitter.ofBox(random) : CropJitter.ofLandmarks(random);
    LandmarkSample sample =
        LandmarkSample.of(
            new AffineSampler(scene.image()), scene.landmarks(), jitter.apply(scene.crop()));
    if (random.nextInt(4) == 0) {
      cover(sample.pixels(), other, random);
    }
    return random.nextBoolean() ? sample.mirrored() : sample;
  }

  /** A photograph, continued beyond its border, at a size and of a quality that are drawn. */
  static Scene scene(
      LabelledFace face, Surroundings.Kind kind, GrayImage other, RandomGenerator random) {
    double size =
        random.nextInt(3) == 0
            ? 0
            : Math.exp(between(Math.log(MIN_CROP), Math.log(MAX_CROP), random));
    Scene scene = continued(face, kind, other);
    Scene reduced = size == 0 ? scene : reduced(scene, size);
    return new Scene(degrade(reduced.image(), random), reduced.landmarks(), reduced.crop());
  }

  /** A photograph, continued beyond its border. */
  static Scene continued(LabelledFace face, Surroundings.Kind kind, GrayImage other) {
    GrayImage image = face.image();
    // Whole pixels: the photograph lies where its width and height put it.
    SimilarityTransform shift =
        new SimilarityTransform(
            1, 0, Math.floorDiv(image.width(), 2), Math.floorDiv(image.height(), 2));
    DenseLandmarks moved = face.landmarks().moved(shift);
    return new Scene(Surroundings.around(image, kind, other), moved, LandmarkCrop.of(moved, SIDE));
  }

  /** The surroundings of a face, reduced until the right crop has a side of so many pixels. */
  static Scene reduced(Scene scene, double cropSide) {
    SimilarityTransform crop = scene.crop();
    FacePoint centre = crop.apply(new FacePoint(SIDE / 2f, SIDE / 2f));
    int side = (int) Math.ceil(REACH * crop.scale() * SIDE);
    int left = Math.round(centre.x() - side / 2f);
    int top = Math.round(centre.y() - side / 2f);
    int size = Math.min(side, (int) Math.ceil(REACH * cropSide));
    GrayImage image = FrameScaler.toSize(scene.image().square(left, top, side), size, size);
    SimilarityTransform toView =
        new SimilarityTransform((double) side / size, 0, left, top).inverse();
    return new Scene(image, scene.landmarks().moved(toView), toView.after(crop));
  }

  private static GrayImage degrade(GrayImage image, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Mat out = Images.toMat(image);
      if (random.nextInt(5) == 0) {
        out = Images.blur(out, between(0.4, 1.6, random));
      }
      if (random.nextInt(10) == 0) {
        double direction = random.nextInt(3) > 0 ? 0 : Math.PI / 2;
        out = Images.blurMotion(out, 2 + random.nextInt(4), direction);
      }
      if (random.nextInt(3) > 0) {
        out = Tones.adjustGamma(out, Math.exp(between(-0.5, 0.5, random)));
        out = Tones.adjustTone(out, between(0.55, 1.25, random), 0, between(-20, 35, random));
        if (random.nextInt(3) == 0) {
          out = Images.addNoise(out, between(0, 8, random), random);
        }
      }
      return Images.toImage(
          random.nextBoolean() ? Jpeg.compress(out, 25 + random.nextInt(70)) : out);
    }
  }

  /** Puts a rectangle of another photograph, or of one gray, over a part of the square. */
  private static void cover(byte[] pixels, GrayImage other, RandomGenerator random) {
    int width = (int) (SIDE * between(0.1, 0.5, random));
    int height = (int) (SIDE * between(0.1, 0.5, random));
    int left = random.nextInt(SIDE - width);
    int top = random.nextInt(SIDE - height);
    int gray = random.nextBoolean() ? random.nextInt(256) : -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int value = gray >= 0 ? gray : other.at(x % other.width(), y % other.height());
        pixels[(top + y) * SIDE + left + x] = (byte) value;
      }
    }
  }
}
