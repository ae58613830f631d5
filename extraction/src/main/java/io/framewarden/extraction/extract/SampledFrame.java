package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.GrayImage;

/**
 * A frame that is looked at; it stands on its own memory.
 *
 * @param frameIndex index among all decoded frames, from 0
 * @param ptsUs microseconds from the first frame
 * @param luma upright, full range
 */
record SampledFrame(long frameIndex, long ptsUs, GrayImage luma) {
  long pixels() {
    return luma.pixels().length;
  }
}
