package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Tones;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An inner face that does not fit its surroundings in one respect only, for measuring what a model
 * answers to. Stateless; always the same.
 */
public final class Mismatch {
  private static final long SEED = 20_260_104;

  private Mismatch() {}

  /** The inner face brighter by so many gray levels, or darker. */
  public static GrayImage ofLevel(FacePhotograph face, double levels) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      return blended(face, image, Tones.adjustTone(image, 1, levels));
    }
  }

  /** The inner face larger by this factor around its nose, or smaller. */
  public static GrayImage ofScale(FacePhotograph face, double factor) {
    try (PointerScope scope = new PointerScope()) {
      Mat image = Images.toMat(face.image());
      FacePoint nose = face.landmarks().point(30);
      double[] toSource = {
        1 / factor, 0, nose.x() * (1 - 1 / factor), 0, 1 / factor, nose.y() * (1 - 1 / factor)
      };
      Mat scaled = Images.warp(image, toSource, image.cols(), image.rows(), INTER_CUBIC);
      return blended(face, image, scaled);
    }
  }

  private static GrayImage blended(FacePhotograph face, Mat outer, Mat inner) {
    byte[] mask = Masks.draw(MaskShape.HULL, face, Masks.WHOLE, new SplittableRandom(SEED));
    return Blending.pair(outer, inner, mask).fake();
  }
}
