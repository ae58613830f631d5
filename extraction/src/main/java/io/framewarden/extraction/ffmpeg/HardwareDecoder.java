package io.framewarden.extraction.ffmpeg;

import java.util.Optional;

/** Which hardware decodes videos. */
public enum HardwareDecoder {
  /** None: the CPU decodes. */
  NONE,
  /** The decoder of NVIDIA's GPUs, where there is one and it supports the video; else the CPU. */
  NVDEC;

  /** Why it decodes no video here; empty where all is well. Loads what such decoding needs. */
  public Optional<String> problem() {
    return switch (this) {
      case NONE -> Optional.empty();
      case NVDEC -> Nvdec.problem();
    };
  }
}
