package io.framewarden.ingest.submission;

import io.framewarden.v1.VideoUpload;
import java.io.IOException;

/** Hands an upload on to extraction. Safe for several threads. */
@FunctionalInterface
public interface UploadSink {
  /**
   * Returns when the upload is safe with whoever extracts it.
   *
   * @throws IOException when it is not; it may be handed in again
   */
  void publish(VideoUpload upload) throws IOException;
}
