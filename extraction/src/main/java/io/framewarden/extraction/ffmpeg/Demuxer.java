package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * An open container and its video stream. Owns its native memory until closed. One thread.
 *
 * <p>No decoder runs while the container is probed: the probing decoders would run without our
 * pixel limit on streams that appear late, so the first decoder to see the file is {@link Decoder}.
 */
final class Demuxer implements AutoCloseable {
  private static final String NO_PROBING_DECODER = "none";
  private static final int MAX_READ_ERRORS = 100;
  private static final int COUNTED_STREAMS = 1000;
  private static final long TIME_BASE = 1_000_000;

  /** Audio may outlast the frames by a little. */
  private static final long TRUNCATION_TOLERANCE_US = 500_000;

  private final AVFormatContext container;
  private final AVStream stream;
  private boolean damaged;

  private Demuxer(AVFormatContext container, AVStream stream) {
    this.container = container;
    this.stream = stream;
  }

  /**
   * Opens a local file.
   *
   * @throws VideoException UNSUPPORTED_CONTAINER, CORRUPT, TOO_MANY_STREAMS, NO_VIDEO_STREAM
   */
  static Demuxer open(Path file, MediaKind kind, DecodeLimits limits) throws VideoException {
    AVFormatContext container = openContainer(file, kind, limits);
    try {
      return new Demuxer(container, videoStream(container, limits));
    } catch (VideoException e) {
      avformat_close_input(container);
      throw e;
    }
  }

  private static AVFormatContext openContainer(Path file, MediaKind kind, DecodeLimits limits)
      throws VideoException {
    AVFormatContext container = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", "file", 0);
    av_dict_set(options, "format_whitelist", kind.formatList(), 0);
    av_dict_set(options, "codec_whitelist", NO_PROBING_DECODER, 0);
    // Beyond its own limit FFmpeg reports ENOMEM; below it, our check can say how many there are.
    int counted = Math.max(COUNTED_STREAMS, limits.maxStreams() + 1);
    av_dict_set(options, "max_streams", Integer.toString(counted), 0);
    // The explicit scheme keeps a colon in a file's name from naming another protocol.
    int code =
        avformat_open_input(
            container,
            "file:" + file.toAbsolutePath(),
            PhotographFormat.guess(file, kind),
            options);
    av_dict_free(options);
    if (code < 0) {
      throw openFailure(code, kind);
    }
    String format = container.iformat().name().getString();
    if (!kind.allowsFormat(format)) {
      avformat_close_input(container);
      throw unsupported("the container " + format, kind);
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

  private static AVStream videoStream(AVFormatContext container, DecodeLimits limits)
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
    AVStream chosen = null;
    for (int i = 0; i < container.nb_streams(); i++) {
      AVStream each = container.streams(i);
      boolean cover = (each.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
      boolean video = each.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO && !cover;
      if (video && (chosen == null || area(each) > area(chosen))) {
        chosen = each;
      }
    }
    if (chosen == null) {
      throw new VideoException(
          FailureReason.NO_VIDEO_STREAM, "the file holds no video stream; upload a video");
    }
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != chosen.index()) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    return chosen;
  }

  private static long area(AVStream stream) {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }

  /** Reads the stream's next packet; false at the end, or after too many read errors. */
  boolean read(AVPacket packet) {
    int errors = 0;
    while (errors < MAX_READ_ERRORS) {
      int code = av_read_frame(container, packet);
      if (code == AVERROR_EOF) {
        damaged |= container.pb() != null && container.pb().error() < 0;
        return false;
      }
      if (code < 0) {
        damaged = true;
        errors++;
      } else if (packet.stream_index() == stream.index()) {
        damaged |= (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
        return true;
      } else {
        av_packet_unref(packet);
      }
    }
    return false;
  }

  /** Whether the container broke off or could not be read in places. */
  boolean isDamaged() {
    return damaged;
  }

  /** Whether frames that end at a time end well before the duration that the container claims. */
  boolean endsEarly(long endUs) {
    boolean estimated = container.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
    long claimed = durationUs();
    return !estimated && endUs + Math.max(TRUNCATION_TOLERANCE_US, claimed / 10) < claimed;
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  AVRational timeBase() {
    return stream.time_base();
  }

  String format() {
    return container.iformat().name().getString();
  }

  int streams() {
    return container.nb_streams();
  }

  /** As the container claims, in microseconds; 0 where it does not say. */
  long durationUs() {
    long own = stream.duration();
    if (own != AV_NOPTS_VALUE && own > 0 && timeBase().den() > 0) {
      return Math.round((double) own * timeBase().num() / timeBase().den() * TIME_BASE);
    }
    long whole = container.duration();
    return whole == AV_NOPTS_VALUE || whole < 0 ? 0 : whole;
  }

  /** Frames a second as the container claims; 0 where it does not say. */
  double frameRate() {
    AVRational rate = stream.avg_frame_rate();
    return rate.den() > 0 && rate.num() > 0 ? (double) rate.num() / rate.den() : 0;
  }

  /** The sample aspect ratio, by the container or else by the frame. */
  PixelAspect pixelAspect(AVFrame frame) throws VideoException {
    AVRational ratio = av_guess_sample_aspect_ratio(container, stream, frame);
    return PixelAspect.of(ratio.num(), ratio.den());
  }

  /** How frames are rotated: a photograph says so in its frame, a video in its stream. */
  Orientation orientation(AVFrame frame) {
    AVFrameSideData own = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (own != null && own.size() >= Orientation.MATRIX_LENGTH * Integer.BYTES) {
      return orientation(new IntPointer(own.data()));
    }
    AVPacketSideData side =
        av_packet_side_data_get(
            parameters().coded_side_data(),
            parameters().nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    if (side == null || side.size() < Orientation.MATRIX_LENGTH * Integer.BYTES) {
      return Orientation.UPRIGHT;
    }
    return orientation(new IntPointer(side.data()));
  }

  private static Orientation orientation(IntPointer displayMatrix) {
    int[] matrix = new int[Orientation.MATRIX_LENGTH];
    displayMatrix.get(matrix);
    return Orientation.of(matrix);
  }

  @Override
  public void close() {
    avformat_close_input(container);
  }
}
