package io.framewarden.extraction.ffmpeg;

import java.util.List;

/** The kinds of files that a reader opens, each with its own whitelists. */
public enum MediaKind {
  /** An uploaded video: self-contained containers and the codecs found in them. */
  VIDEO(
      List.of("mov", "matroska", "avi", "mpegts", "mpeg", "flv", "gif", "apng"),
      List.of(
          "h264",
          "hevc",
          "vp8",
          "vp9",
          "libdav1d",
          "libaom-av1",
          "mpeg4",
          "mjpeg",
          "prores",
          "mpeg2video",
          "mpeg1video",
          "h263",
          "flv",
          "ffv1",
          "gif",
          "apng")),
  /** A photograph of a data set, for face archives; never used for uploads. */
  STILL_IMAGE(
      List.of("jpeg_pipe", "png_pipe", "webp_pipe", "bmp_pipe"),
      List.of("mjpeg", "png", "webp", "bmp"));

  private final List<String> formats;
  private final List<String> decoders;

  MediaKind(List<String> formats, List<String> decoders) {
    this.formats = formats;
    this.decoders = decoders;
  }

  /** FFmpeg's names of the decoders. */
  List<String> decoders() {
    return decoders;
  }

  /** Whether a demuxer's name, which may list several, is among the formats. */
  boolean allowsFormat(String names) {
    return List.of(names.split(",")).stream().anyMatch(formats::contains);
  }

  /** Whether a demuxer reads animated images, which browsers show over the page behind them. */
  static boolean isAnimatedImage(String demuxer) {
    return demuxer.equals("gif") || demuxer.equals("apng");
  }

  String formatList() {
    return String.join(",", formats);
  }

  String decoderList() {
    return String.join(",", decoders);
  }
}
