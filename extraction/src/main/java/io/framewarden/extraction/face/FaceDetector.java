package io.framewarden.extraction.face;

import java.util.List;

/**
 * Detects the faces of a frame. The same frame gives the same faces, in the same order, each time.
 * An instance serves one thread and owns native memory until it is closed.
 */
public interface FaceDetector extends AutoCloseable {
  /**
   * Detects faces.
   *
   * @param frame upright luma
   * @return the faces in source pixels, by x, then by y; empty where there is none
   */
  List<DetectedFace> detect(GrayImage frame);

  /** Side of the smallest face that {@link #probe} finds in a small frame, in pixels. */
  int PROBED_SIDE = 32;

  /**
   * Detects faces of {@link #PROBED_SIDE} and of a tenth of the frame's longer side, or more, in
   * less time than {@link #detect} where the detector has a way to: it may miss some, and find more
   * that is none.
   *
   * @param frame luma, upright or not
   * @return as {@link #detect}
   */
  default List<DetectedFace> probe(GrayImage frame) {
    return detect(frame);
  }

  /**
   * Everything that decides the result (kind, thresholds, sizes, digest of the model) as one line
   * of stable text; it becomes part of the extraction digest.
   */
  String recipe();

  @Override
  void close();
}
