package io.framewarden.ingest.submission;

import io.framewarden.extraction.ffmpeg.DecodeLimits;

/**
 * What an upload may weigh.
 *
 * @param maxBytes the most bytes accepted
 */
public record UploadLimits(long maxBytes) {
  public UploadLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("an upload limit must be positive, not " + maxBytes);
    }
  }

  /** As much as the decoder takes: what could not be decoded later is refused at the door. */
  public static UploadLimits of(DecodeLimits limits) {
    return new UploadLimits(limits.maxBytes());
  }

  public static UploadLimits defaults() {
    return of(DecodeLimits.defaults());
  }
}
