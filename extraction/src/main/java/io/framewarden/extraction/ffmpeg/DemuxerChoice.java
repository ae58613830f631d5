package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;

/**
 * The demuxer of a file, where its first bytes tell it and FFmpeg might take another one: it goes
 * by an image's name first, and by what comes before the first packet of a transport stream.
 *
 * @param format null lets FFmpeg find one
 * @param offset the bytes before what the demuxer reads
 */
record DemuxerChoice(AVInputFormat format, int offset) {
  /**
   * Chooses the demuxer of a file.
   *
   * @throws VideoException SOURCE_MISSING when the file cannot be read
   */
  static DemuxerChoice of(Path file, MediaKind kind) throws VideoException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(ContainerSignature.BYTES);
    } catch (IOException e) {
      throw VideoException.unreadable(file);
    }
    return kind == MediaKind.STILL_IMAGE ? photograph(head) : video(head);
  }

  private static DemuxerChoice video(byte[] head) {
    return switch (ContainerSignature.of(head)) {
      case MPEG_TS ->
          named("mpegts", TransportPackets.in(head).map(TransportPackets::offset).orElse(0));
      case GIF -> named("gif", 0);
      case APNG -> named("apng", 0);
      default -> new DemuxerChoice(null, 0);
    };
  }

  private static DemuxerChoice photograph(byte[] head) {
    String start = new String(head, 0, Math.min(12, head.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return named("jpeg_pipe", 0);
    }
    if (start.startsWith("\u0089PNG")) {
      return named("png_pipe", 0);
    }
    if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return named("webp_pipe", 0);
    }
    return start.startsWith("BM") ? named("bmp_pipe", 0) : new DemuxerChoice(null, 0);
  }

  private static DemuxerChoice named(String format, int offset) {
    return new DemuxerChoice(av_find_input_format(format), offset);
  }
}
