package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;

/**
 * A quicker way of decoding does not do for this video: it is to be read again, with {@link
 * DecodeOptions#plain()}. Nothing is wrong with the frames that were handed out, nor, as far as is
 * known, with the video.
 */
public final class FastDecodeException extends VideoException {
  private static final long serialVersionUID = 1L;

  FastDecodeException(String why) {
    super(FailureReason.EXTRACTION_FAILED, why);
  }
}
