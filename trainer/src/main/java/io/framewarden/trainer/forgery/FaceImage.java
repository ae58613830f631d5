package io.framewarden.trainer.forgery;

/**
 * An aligned face and where its parts are. The array is not copied and must not be changed.
 *
 * @param pixels gray8, row-major, {@link FaceGeometry#SIZE} squared bytes
 */
public record FaceImage(byte[] pixels, FaceGeometry geometry) {

  public FaceImage {
    int expected = FaceGeometry.SIZE * FaceGeometry.SIZE;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "a face has " + expected + " pixels, not " + pixels.length);
    }
  }
}
