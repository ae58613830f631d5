package io.framewarden.detector.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.framewarden.schemas.model.FaceShape;
import java.util.List;

/**
 * Faces to score together.
 *
 * @param shape of each face
 * @param faces at least one; row-major, {@link FaceShape#bytes()} each
 */
public record FaceBatch(FaceShape shape, List<ByteString> faces) {

  public FaceBatch {
    faces = List.copyOf(faces);
    if (faces.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one face");
    }
    for (ByteString face : faces) {
      if (face.size() != shape.bytes()) {
        throw new IllegalArgumentException("a face of " + face.size() + " bytes is not " + shape);
      }
    }
  }

  /**
   * A batch of arrays. They are not copied: nobody may change them while the batch is in use.
   *
   * @param faces as for the constructor
   */
  public static FaceBatch of(FaceShape shape, List<byte[]> faces) {
    return new FaceBatch(shape, faces.stream().map(UnsafeByteOperations::unsafeWrap).toList());
  }

  public int size() {
    return faces.size();
  }

  /**
   * Checks that a model can take these faces.
   *
   * @throws IllegalArgumentException when the faces are of another shape than a model takes
   */
  public void requireShape(FaceShape wanted) {
    if (!shape.equals(wanted)) {
      throw new IllegalArgumentException("faces of " + shape + ", the model takes " + wanted);
    }
  }
}
