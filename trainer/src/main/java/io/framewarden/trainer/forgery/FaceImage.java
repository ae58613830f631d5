package io.framewarden.trainer.forgery;

/**
 * An aligned face and where its parts are. The array is not copied and must not be changed.
 *
 * @param pixels row-major; to be forged, gray8, {@link FaceGeometry#SIZE} squared bytes
 */
public record FaceImage(byte[] pixels, FaceGeometry geometry) {}
