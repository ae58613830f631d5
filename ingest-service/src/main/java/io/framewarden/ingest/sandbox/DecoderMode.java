package io.framewarden.ingest.sandbox;

/** Where videos are decoded. */
public enum DecoderMode {
  /** In confined child processes. */
  CHILD,
  /** In the service itself: a file that crashes FFmpeg takes the service with it. */
  IN_PROCESS
}
