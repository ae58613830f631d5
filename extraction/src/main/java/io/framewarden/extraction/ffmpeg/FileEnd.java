package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Tells whether a stream ends before the file does, or before it says that it does. A container
 * that gives one length for all streams may mean its sound, which can outlast the video. Stateless.
 */
final class FileEnd {
  /** A header's rounding, and the last frame's unknown duration. */
  private static final long TOLERANCE_US = 500_000;

  private FileEnd() {}

  /**
   * Whether the file lacks its end.
   *
   * @param source the video stream, read to its end
   * @param endUs where its last frame ends
   */
  static boolean isMissing(
      Path file, MediaKind kind, DecodeLimits limits, Demuxer source, long endUs)
      throws VideoException {
    if (source.format().startsWith("matroska") && MatroskaSegments.hasUnread(file)) {
      return true;
    }
    long claimed = source.claimedEndUs();
    if (!isEarly(endUs, claimed)) {
      return false;
    }
    return source.hasOwnDuration() || isEarly(lastEndUs(file, kind, limits), claimed);
  }

  private static boolean isEarly(long endUs, long claimedUs) {
    return endUs + Math.max(TOLERANCE_US, claimedUs / 10) < claimedUs;
  }

  /** The end of the stream that ends last. */
  private static long lastEndUs(Path file, MediaKind kind, DecodeLimits limits)
      throws VideoException {
    AVPacket packet = av_packet_alloc();
    try (Demuxer all = Demuxer.openAll(file, kind, limits)) {
      long end = 0;
      while (all.read(packet)) {
        end = Math.max(end, all.endUs(packet));
        av_packet_unref(packet);
      }
      return end;
    } finally {
      av_packet_free(packet);
    }
  }
}
