package io.framewarden.extraction.face.onnx;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.NonMaximumSuppression;
import java.util.ArrayList;
import java.util.List;

/**
 * A window of the searched frame that may hold a face, with the outputs of the last network.
 *
 * @param score probability of a face
 * @param shift how far each side (left, top, right, bottom) should move, as a share of the window's
 *     width or height
 */
record CandidateWindow(
    double left, double top, double right, double bottom, float score, Shift shift) {
  /** Side of P-Net's window in its pyramid level. */
  static final int CELL = 12;

  /** Shares of the window's size. */
  record Shift(float left, float top, float right, float bottom) {
    static Shift of(float[] values, int at) {
      return new Shift(values[at], values[at + 1], values[at + 2], values[at + 3]);
    }
  }

  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  boolean isEmpty() {
    return !(width() > 0 && height() > 0);
  }

  /** This window with the outputs of the next network. */
  CandidateWindow withOutputs(float newScore, float[] shifts, int at) {
    return new CandidateWindow(left, top, right, bottom, newScore, Shift.of(shifts, at));
  }

  /** This window with its sides moved by the shifts. */
  CandidateWindow calibrate() {
    return new CandidateWindow(
        left + shift.left() * width(),
        top + shift.top() * height(),
        right + shift.right() * width(),
        bottom + shift.bottom() * height(),
        score,
        shift);
  }

  /** The square of the longer side around the same centre. */
  CandidateWindow square() {
    double half = Math.max(1, Math.max(width(), height())) / 2;
    double x = (left + right) / 2;
    double y = (top + bottom) / 2;
    return new CandidateWindow(x - half, y - half, x + half, y + half, score, shift);
  }

  /** The window in source pixels. */
  FaceBox box(double scale) {
    return new FaceBox(
        (float) (left * scale),
        (float) (top * scale),
        (float) (Math.max(0, width()) * scale),
        (float) (Math.max(0, height()) * scale));
  }

  /** Landmarks in source pixels, from five x, then five y, as shares of the window. */
  List<FacePoint> points(float[] values, int at, double scale) {
    List<FacePoint> points = new ArrayList<>();
    for (int i = at; i < at + DetectedFace.LANDMARKS; i++) {
      points.add(
          new FacePoint(
              (float) ((left + values[i] * width()) * scale),
              (float) ((top + values[i + DetectedFace.LANDMARKS] * height()) * scale)));
    }
    return points;
  }

  /** The windows that remain after non-maximum suppression, best first. */
  static List<CandidateWindow> best(
      List<CandidateWindow> windows, double maxOverlap, int maxWindows) {
    List<FaceBox> boxes = windows.stream().map(window -> window.box(1)).toList();
    float[] scores = new float[windows.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = windows.get(i).score();
    }
    return NonMaximumSuppression.keep(
            boxes, scores, maxOverlap, NonMaximumSuppression.Measure.UNION)
        .stream()
        .limit(maxWindows)
        .map(windows::get)
        .toList();
  }
}
