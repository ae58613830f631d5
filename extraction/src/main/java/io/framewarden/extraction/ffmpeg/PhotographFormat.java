package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;

/** Chooses the demuxer of a photograph by its first bytes rather than by its name. Stateless. */
final class PhotographFormat {
  private PhotographFormat() {}

  /**
   * The demuxer of a photograph; null lets FFmpeg find one. FFmpeg itself goes by an image's file
   * name first and takes it for a numbered sequence of files, which no whitelist here allows.
   */
  static AVInputFormat guess(Path file, MediaKind kind) throws VideoException {
    if (kind != MediaKind.STILL_IMAGE) {
      return null;
    }
    String start;
    try (InputStream in = Files.newInputStream(file)) {
      start = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw VideoException.unreadable(file);
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return av_find_input_format("jpeg_pipe");
    }
    if (start.startsWith("\u0089PNG")) {
      return av_find_input_format("png_pipe");
    }
    if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return av_find_input_format("webp_pipe");
    }
    return start.startsWith("BM") ? av_find_input_format("bmp_pipe") : null;
  }
}
