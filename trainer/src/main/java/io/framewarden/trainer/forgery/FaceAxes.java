package io.framewarden.trainer.forgery;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;

/**
 * Coordinates of a face: x to the right in widths of its outline, 0 in the middle; y down in
 * heights from the bridge of the nose (0) to the chin (1). The axes are at right angles: y runs
 * from bridge to chin.
 */
record FaceAxes(FacePoint origin, double downX, double downY, double width) {

  static FaceAxes of(DenseLandmarks landmarks) {
    FacePoint bridge = landmarks.point(DenseLandmarks.BRIDGE);
    FacePoint chin = landmarks.point(DenseLandmarks.CHIN);
    double downX = chin.x() - bridge.x();
    double downY = chin.y() - bridge.y();
    double height = Math.max(1e-3, Math.hypot(downX, downY));
    double acrossX = downY / height;
    double acrossY = -downX / height;
    // A turned head shows one cheek: the middle is that of what is seen, not the nose.
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (FacePoint point : landmarks.points()) {
      double across = (point.x() - bridge.x()) * acrossX + (point.y() - bridge.y()) * acrossY;
      least = Math.min(least, across);
      most = Math.max(most, across);
    }
    double middle = (least + most) / 2;
    FacePoint origin =
        new FacePoint(
            (float) (bridge.x() + middle * acrossX), (float) (bridge.y() + middle * acrossY));
    return new FaceAxes(origin, downX, downY, most - least);
  }

  /** The pixel at a place of the face. */
  FacePoint at(double x, double y) {
    return moved(origin, x, y);
  }

  /** A pixel, moved by so many widths and heights of the face. */
  FacePoint moved(FacePoint point, double x, double y) {
    double height = Math.max(1e-3, Math.hypot(downX, downY));
    return new FacePoint(
        (float) (point.x() + x * width * downY / height + y * downX),
        (float) (point.y() - x * width * downX / height + y * downY));
  }

  /** From the bridge of the nose to the chin, pixels. */
  double height() {
    return Math.hypot(downX, downY);
  }
}
