package io.framewarden.trainer.resynthesis;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.image.Images;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A square of a photograph, which may reach out of it.
 *
 * @param left its first column in pixels of the photograph
 * @param top its first row
 * @param side in pixels, at least 1
 */
public record FaceSquare(int left, int top, int side) {

  /**
   * The square around a face.
   *
   * @param widths its side in widths of the face
   * @param right how far it lies to the right of the middle of the landmarks, in sides
   * @param down how far below
   */
  public static FaceSquare around(
      DenseLandmarks landmarks, double widths, double right, double down) {
    double side = Math.max(1, widths * landmarks.faceWidth());
    FacePoint centre = landmarks.centre(0, DenseLandmarks.POINTS - 1);
    return new FaceSquare(
        (int) Math.round(centre.x() + (right - 0.5) * side),
        (int) Math.round(centre.y() + (down - 0.5) * side),
        (int) Math.round(side));
  }

  /** What a photograph shows there, mirrored beyond its border, at a size in pixels. */
  public Mat cut(Mat photograph, int size) {
    Mat square = Images.square(photograph, left, top, side);
    return Images.resize(square, size, size, size < side ? INTER_AREA : INTER_LINEAR);
  }
}
