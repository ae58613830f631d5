package io.framewarden.ingest.ffmpeg;

import io.framewarden.v1.FailureReason;

/**
 * A quicker way of decoding does not do for this video: it is to be read again, with {@link
 * DecodeOptions#plain()}. Nothing is wrong with the pictures that were handed out, nor, as far as
 * is known, with the video.
 */
public final class ShortcutException extends VideoException {
  private static final long serialVersionUID = 1L;

  ShortcutException(String why) {
    super(FailureReason.EXTRACTION_FAILED, why);
  }
}
