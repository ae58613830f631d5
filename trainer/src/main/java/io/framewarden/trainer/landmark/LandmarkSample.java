package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;

/**
 * One square as the network sees it.
 *
 * @param pixels gray8, row-major, of the network's side
 * @param points x and y of each landmark in parts of the side; empty where there is no face
 */
@SuppressWarnings("ArrayRecordComponent") // made for one batch, read once
record LandmarkSample(byte[] pixels, float[] points) {
  private static final int SIDE = LandmarkNetwork.SIDE;

  /** The square of a crop with the landmarks in it. */
  static LandmarkSample of(
      AffineSampler frame, DenseLandmarks landmarks, SimilarityTransform crop) {
    LandmarkSample square = new LandmarkSample(frame.sample(crop, SIDE), new float[0]);
    return square.withPoints(landmarks.moved(crop.inverse()));
  }

  /** The same square with landmarks that were found in it, in its pixels. */
  LandmarkSample withPoints(DenseLandmarks found) {
    float[] others = new float[2 * DenseLandmarks.POINTS];
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      others[2 * i] = found.points().get(i).x() / SIDE;
      others[2 * i + 1] = found.points().get(i).y() / SIDE;
    }
    return new LandmarkSample(pixels, others);
  }

  /** The mirrored square, in which a left eye is a right one. */
  LandmarkSample mirrored() {
    byte[] mirrored = new byte[pixels.length];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        mirrored[y * SIDE + x] = pixels[y * SIDE + SIDE - 1 - x];
      }
    }
    float[] swapped = new float[points.length];
    for (int i = 0; i < points.length / 2; i++) {
      int from = mirrored(i);
      swapped[2 * i] = 1 - points[2 * from];
      swapped[2 * i + 1] = points[2 * from + 1];
    }
    return new LandmarkSample(mirrored, swapped);
  }

  /** Which landmark of the mirrored face a landmark is. */
  static int mirrored(int index) {
    if (index < 17) {
      return 16 - index;
    }
    if (index < 27) {
      return 43 - index;
    }
    if (index < 31) {
      return index;
    }
    if (index < 36) {
      return 66 - index;
    }
    if (index < 48) {
      return mirroredEye(index);
    }
    int inner = 60;
    if (index < inner) {
      return index <= 54 ? 102 - index : 114 - index;
    }
    return index <= 64 ? 124 - index : 132 - index;
  }

  /** Each eye goes round clockwise from its left corner. */
  private static int mirroredEye(int index) {
    boolean upper = index % 6 < 4;
    return upper ? 81 - index : 87 - index;
  }
}
