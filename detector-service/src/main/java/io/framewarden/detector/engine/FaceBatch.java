package io.framewarden.detector.engine;

import java.util.List;

/**
 * Faces to score together. The pixels are not copied: nobody may change them while the batch is in
 * use.
 *
 * @param width of each face, in pixels
 * @param height of each face, in pixels
 * @param faces at least one; gray8, row-major, width * height bytes each
 */
public record FaceBatch(int width, int height, List<byte[]> faces) {

  public FaceBatch {
    faces = List.copyOf(faces);
    if (faces.isEmpty() || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a batch needs at least one face, and a size, not "
              + faces.size()
              + " of "
              + width
              + "x"
              + height);
    }
    for (byte[] face : faces) {
      if (face.length != width * height) {
        throw new IllegalArgumentException(
            "a face of " + face.length + " bytes is not " + width + "x" + height);
      }
    }
  }

  public int size() {
    return faces.size();
  }

  /**
   * Checks that a model can take these faces.
   *
   * @throws IllegalArgumentException when the faces are of another size than a model takes
   */
  public void requireSize(int wantedWidth, int wantedHeight) {
    if (width != wantedWidth || height != wantedHeight) {
      throw new IllegalArgumentException(
          String.format(
              "faces of %dx%d, the model takes %dx%d", width, height, wantedWidth, wantedHeight));
    }
  }
}
