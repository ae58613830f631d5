package io.framewarden.ingest.ffmpeg;

/** What decodes videos. */
public enum Hardware {
  /** Processors. */
  NONE,
  /** The decoder of NVIDIA's GPUs, where there is one and it takes the video; else processors. */
  NVDEC
}
