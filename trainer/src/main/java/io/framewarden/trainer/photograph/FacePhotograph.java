package io.framewarden.trainer.photograph;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.GrayImage;

/**
 * A photograph of a face, or the part of one around it, at its own size.
 *
 * @param landmarks in pixels of the image
 */
public record FacePhotograph(GrayImage image, DenseLandmarks landmarks) {}
