package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Opens local files of the allowed containers. Stateless.
 *
 * <p>No decoder runs while the container is probed: the probing decoders would run without our
 * pixel limit on streams that appear late, so the first decoder to see the file is {@link Decoder}.
 */
final class ContainerFile {
  private static final String NO_PROBING_DECODER = "none";
  private static final int COUNTED_STREAMS = 1000;

  private ContainerFile() {}

  /**
   * Opens a file and reads what it says of its streams.
   *
   * @throws VideoException UNSUPPORTED_CONTAINER, CORRUPT, TOO_MANY_STREAMS, SOURCE_MISSING
   */
  static AVFormatContext open(Path file, MediaKind kind, DecodeLimits limits)
      throws VideoException {
    DemuxerChoice choice = DemuxerChoice.of(file, kind);
    AVFormatContext container = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", "file", 0);
    av_dict_set(options, "format_whitelist", kind.formatList(), 0);
    av_dict_set(options, "codec_whitelist", NO_PROBING_DECODER, 0);
    // Beyond its own limit FFmpeg reports ENOMEM; below it, our check can say how many there are.
    int counted = Math.max(COUNTED_STREAMS, limits.maxStreams() + 1);
    av_dict_set(options, "max_streams", Integer.toString(counted), 0);
    av_dict_set(options, "skip_initial_bytes", Integer.toString(choice.offset()), 0);
    // The explicit scheme keeps a colon in a file's name from naming another protocol.
    int code =
        avformat_open_input(container, "file:" + file.toAbsolutePath(), choice.format(), options);
    av_dict_free(options);
    if (code < 0) {
      throw openFailure(code, kind);
    }
    String format = container.iformat().name().getString();
    if (!kind.allowsFormat(format)) {
      avformat_close_input(container);
      throw unsupported("the container " + format, kind);
    }
    try {
      checkStreams(container, limits);
    } catch (VideoException e) {
      avformat_close_input(container);
      throw e;
    }
    return container;
  }

  private static VideoException openFailure(int code, MediaKind kind) {
    // What FFmpeg returns for a format outside the whitelist.
    if (code == avutil.AVERROR_EINVAL()) {
      return unsupported("this kind of file", kind);
    }
    return new VideoException(
        FailureReason.CORRUPT,
        "the file's header cannot be read ("
            + FfmpegErrors.text(code)
            + "); check that it plays, and upload it again");
  }

  private static VideoException unsupported(String what, MediaKind kind) {
    return new VideoException(
        FailureReason.UNSUPPORTED_CONTAINER,
        what + " is not read; use one of: " + kind.formatList());
  }

  private static void checkStreams(AVFormatContext container, DecodeLimits limits)
      throws VideoException {
    int code = avformat_find_stream_info(container, (PointerPointer<?>) null);
    if (code < 0) {
      throw new VideoException(
          FailureReason.CORRUPT,
          "the container's streams cannot be read ("
              + FfmpegErrors.text(code)
              + "); check that the file plays, and upload it again");
    }
    if (container.nb_streams() > limits.maxStreams()) {
      throw new VideoException(
          FailureReason.TOO_MANY_STREAMS,
          "the container has more than "
              + limits.maxStreams()
              + " streams; upload a file with the video stream alone");
    }
  }
}
