package io.framewarden.extraction.extract;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.FaceAligner;
import io.framewarden.extraction.face.align.QualityGrade;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.Point;

/**
 * Aligns detected faces and puts them into face frames, by one extraction recipe. Stateless: safe
 * for several threads.
 */
final class FaceFrameFactory {
  private final FaceSpec spec;
  private final FaceAligner aligner;
  private final ExtractionRecipe recipe;
  private final String digest;

  /**
   * @param detectorRecipe {@link io.framewarden.extraction.face.FaceDetector#recipe()}
   */
  FaceFrameFactory(String detectorRecipe, FaceSpec spec) {
    this.spec = spec;
    this.aligner = new FaceAligner(spec.template());
    this.recipe = spec.recipe(VideoReader.LUMA_CONVERSION, detectorRecipe);
    this.digest = recipe.digest();
  }

  ExtractionRecipe recipe() {
    return recipe;
  }

  /** Whether faces are aligned from frames in colour. */
  boolean isColour() {
    return spec.isColour();
  }

  /** The extraction digest, which every face frame carries. */
  String digest() {
    return digest;
  }

  /**
   * Aligns one face: box, landmarks, confidence, quality and pixels, with the ids that all face
   * frames of an extraction share. The caller sets seq, track and time.
   *
   * @param luma the frame that the face was found in
   * @param chroma its colour; null where {@link #isColour} does not hold
   * @throws IllegalArgumentException if the landmarks or the box have no extent
   */
  FaceFrame.Builder align(
      String videoId, long attempt, GrayImage luma, Chroma chroma, DetectedFace face) {
    int size = spec.template().size();
    byte[] gray = aligner.align(luma, face);
    byte[] pixels = isColour() ? chroma.toRgb(gray, aligner.toSource(face), size) : gray;
    FaceFrame.Builder frame =
        FaceFrame.newBuilder()
            .setVideoId(videoId)
            .setAttempt(attempt)
            .setExtractionDigest(digest)
            .setBox(box(face.box()))
            .setConfidence(face.confidence())
            .setWidth(size)
            .setHeight(size)
            .setFormat(spec.format())
            .setPixels(ByteString.copyFrom(pixels))
            .setQuality(quality(QualityGrade.of(face, gray, size)));
    for (FacePoint point : face.landmarks()) {
      frame.addLandmarks(Point.newBuilder().setX(point.x()).setY(point.y()));
    }
    return frame;
  }

  private static Box box(FaceBox box) {
    return Box.newBuilder()
        .setX(box.x())
        .setY(box.y())
        .setWidth(box.width())
        .setHeight(box.height())
        .build();
  }

  private static FaceQuality quality(QualityGrade grade) {
    FaceQuality.Builder quality =
        FaceQuality.newBuilder()
            .setValue((float) grade.value())
            .setSharpness((float) grade.sharpness())
            .setSize((float) grade.size());
    grade.pose().ifPresent(pose -> quality.setPose((float) pose));
    return quality.build();
  }
}
