package io.framewarden.extraction.extract;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
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
  private final AlignmentTemplate template = AlignmentTemplate.defaults();
  private final FaceAligner aligner = new FaceAligner(template);
  private final ExtractionRecipe recipe;
  private final String digest;

  /**
   * @param detectorRecipe {@link io.framewarden.extraction.face.FaceDetector#recipe()}
   */
  FaceFrameFactory(String detectorRecipe) {
    this.recipe = new ExtractionRecipe(VideoReader.LUMA_CONVERSION, detectorRecipe, template);
    this.digest = recipe.digest();
  }

  ExtractionRecipe recipe() {
    return recipe;
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
   * @throws IllegalArgumentException if the landmarks or the box have no extent
   */
  FaceFrame.Builder align(String videoId, long attempt, GrayImage luma, DetectedFace face) {
    byte[] pixels = aligner.align(luma, face);
    FaceFrame.Builder frame =
        FaceFrame.newBuilder()
            .setVideoId(videoId)
            .setAttempt(attempt)
            .setExtractionDigest(digest)
            .setBox(box(face.box()))
            .setConfidence(face.confidence())
            .setWidth(template.size())
            .setHeight(template.size())
            .setPixels(ByteString.copyFrom(pixels))
            .setQuality(quality(QualityGrade.of(face, pixels, template.size())));
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
