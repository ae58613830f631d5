package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.GrayImage;

/**
 * A picture that is looked at; it stands on its own memory.
 *
 * @param frameIndex index among all decoded pictures, from 0
 * @param ptsUs microseconds from the first picture
 * @param luma upright, full range
 */
record SampledFrame(long frameIndex, long ptsUs, GrayImage luma) {
  long pixels() {
    return luma.pixels().length;
  }
}
