package io.framewarden.ingest.status;

import io.framewarden.v1.VideoUpload;

/**
 * What is known of a video.
 *
 * @param upload null where its record is older than its topic remembers
 * @param frames decoded so far, as far as this process knows; all of them once extracted
 * @param faces found so far, likewise
 * @param extracted whether the extraction is over
 */
public record VideoStatus(VideoUpload upload, long frames, int faces, boolean extracted) {

  /** Whether its extraction has begun here, or is over. */
  public boolean isStarted() {
    return extracted || frames > 0;
  }
}
