package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.framewarden.runtime.process.NativeLibraries;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Loader;

/**
 * Describes FFmpeg's error codes; FFmpeg's own log is silenced, since uploads could flood it.
 * Stateless.
 */
final class FfmpegErrors {
  private static final int TEXT_BYTES = 256;

  static {
    NativeLibraries.prepare();
    av_log_set_level(AV_LOG_QUIET);
  }

  private FfmpegErrors() {}

  /** Loads FFmpeg with its log silenced. */
  static void silence() {
    // The static initialiser silences it.
  }

  /** Loads all of FFmpeg that a reader uses. */
  static void load() {
    NativeLibraries.prepare();
    Loader.load(avformat.class);
    Loader.load(avcodec.class);
    silence();
  }

  /** FFmpeg's message for an error code. */
  static String text(int code) {
    byte[] text = new byte[TEXT_BYTES];
    av_strerror(code, text, TEXT_BYTES);
    int length = 0;
    while (length < TEXT_BYTES && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }
}
