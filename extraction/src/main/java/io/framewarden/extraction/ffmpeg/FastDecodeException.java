package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;

/**
 * A quicker way of decoding (a GPU, skipped frames) does not fit this video: it is to be decoded
 * again in full, with {@link DecodeOptions#onCpu()}. Nothing is wrong with the frames that were
 * returned, nor, as far as is known, with the video.
 */
public final class FastDecodeException extends VideoException {
  private static final long serialVersionUID = 1L;

  FastDecodeException(String reason) {
    super(FailureReason.EXTRACTION_FAILED, reason);
  }
}
