package io.framewarden.extraction.ffmpeg;

/** What decodes videos. */
public enum HardwareDecoder {
  /** Processors. */
  NONE,
  /** The decoder of NVIDIA's GPUs, where there is one and it takes the video; else processors. */
  NVDEC
}
