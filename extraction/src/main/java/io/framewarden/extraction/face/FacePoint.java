package io.framewarden.extraction.face;

/**
 * A point in source pixels, origin at the frame's top left corner; the centre of the first pixel is
 * (0.5, 0.5).
 */
public record FacePoint(float x, float y) {}
