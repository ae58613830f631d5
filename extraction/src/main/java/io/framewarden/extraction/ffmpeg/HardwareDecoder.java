package io.framewarden.extraction.ffmpeg;

/** Which hardware decodes videos. */
public enum HardwareDecoder {
  /** None: the CPU decodes. */
  NONE,
  /** The decoder of NVIDIA's GPUs, where there is one and it supports the video; else the CPU. */
  NVDEC
}
