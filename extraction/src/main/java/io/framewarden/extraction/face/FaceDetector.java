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

  /**
   * Everything that decides the result (kind, thresholds, sizes, digest of the model) as one line
   * of stable text; it becomes part of the extraction digest.
   */
  String recipe();

  @Override
  void close();
}
