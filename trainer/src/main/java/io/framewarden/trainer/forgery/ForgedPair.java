package io.framewarden.trainer.forgery;

import io.framewarden.extraction.face.GrayImage;

/**
 * A pseudo-fake and the real face that it stands against, at the photograph's own size. New arrays,
 * owned by the caller.
 *
 * @param real the photograph, or the photograph with its tone or sharpness changed as a whole
 * @param fake as large as {@code real}, and the same where the mask is 0
 * @param mask how much of each pixel was forged, 0 (untouched) to 255
 */
public record ForgedPair(GrayImage real, GrayImage fake, GrayImage mask) {}
