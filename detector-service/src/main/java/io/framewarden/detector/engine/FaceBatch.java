package io.framewarden.detector.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;

/**
 * Faces to score together.
 *
 * @param width of each face, in pixels
 * @param height of each face, in pixels
 * @param faces at least one; gray8, row-major, width * height bytes each
 */
public record FaceBatch(int width, int height, List<ByteString> faces) {

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
    for (ByteString face : faces) {
      if (face.size() != width * height) {
        throw new IllegalArgumentException(
            "a face of " + face.size() + " bytes is not " + width + "x" + height);
      }
    }
  }

  /**
   * A batch of arrays. They are not copied: nobody may change them while the batch is in use.
   *
   * @param faces as for the constructor
   */
  public static FaceBatch of(int width, int height, List<byte[]> faces) {
    return new FaceBatch(
        width, height, faces.stream().map(UnsafeByteOperations::unsafeWrap).toList());
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
