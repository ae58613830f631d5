package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * An open container and one of its video streams. Owns its native memory until closed. One thread.
 */
final class Demuxer implements AutoCloseable {
  private static final int MAX_READ_ERRORS = 100;
  private static final long TIME_BASE = 1_000_000;

  /** Containers that say of each stream how long it is. */
  private static final List<String> OWN_DURATIONS = List.of("mov", "avi");

  private final AVFormatContext container;
  private final AVStream stream;
  private final boolean readsAll;
  private final PlaybackTimeline timeline;

  /** The stream's first packet, where it was read to find the stream; else null. */
  private AVPacket first;

  private boolean damaged;
  private boolean brokeOff;

  private Demuxer(AVFormatContext container, AVStream stream, boolean readsAll, long reachedUs) {
    this.container = container;
    this.stream = stream;
    this.readsAll = readsAll;
    this.timeline = ContainerClock.of(container).timeline(stream, frameRate(stream), reachedUs);
  }

  /**
   * Opens a local file and one of its video streams, which may begin in the middle of the file.
   *
   * @param index of the stream in the container; negative for the default one
   * @throws VideoException UNSUPPORTED_CONTAINER, CORRUPT, TOO_MANY_STREAMS, NO_VIDEO_STREAM, and
   *     NO_FRAMES where a stream in the middle has no packet
   */
  static Demuxer open(Path file, MediaKind kind, DecodeLimits limits, int index)
      throws VideoException {
    AVFormatContext container = ContainerFile.open(file, kind, limits);
    AVPacket packet = av_packet_alloc();
    try {
      int wanted = index < 0 ? defaultStream(container) : index;
      boolean later = wanted >= container.nb_streams() || beginsAnywhere(container, wanted);
      long reachedUs = later ? VideoStreams.seekStart(container, wanted, packet) : 0;
      Demuxer demuxer = new Demuxer(container, select(container, wanted), false, reachedUs);
      if (later) {
        demuxer.first = packet;
        packet = null;
      }
      return demuxer;
    } catch (VideoException e) {
      avformat_close_input(container);
      throw e;
    } finally {
      if (packet != null) {
        av_packet_free(packet);
      }
    }
  }

  /** Whether only the place of a stream's first packet tells when it is shown. */
  private static boolean beginsAnywhere(AVFormatContext container, int stream)
      throws VideoException {
    return ContainerClock.of(container).restarts() && stream != defaultStream(container);
  }

  private static int defaultStream(AVFormatContext container) throws VideoException {
    List<Integer> streams = VideoStreams.in(container);
    if (streams.isEmpty()) {
      throw new VideoException(
          FailureReason.NO_VIDEO_STREAM, "the file holds no video stream; upload a video");
    }
    return streams.get(0);
  }

  /** Opens a local file to read the packets of all streams. */
  static Demuxer openAll(Path file, MediaKind kind, DecodeLimits limits) throws VideoException {
    AVFormatContext container = ContainerFile.open(file, kind, limits);
    try {
      return new Demuxer(container, container.streams(defaultStream(container)), true, 0);
    } catch (VideoException e) {
      avformat_close_input(container);
      throw e;
    }
  }

  private static AVStream select(AVFormatContext container, int index) {
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != index) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    return container.streams(index);
  }

  /** Reads the stream's next packet; false at the end, or after too many read errors. */
  boolean read(AVPacket packet) {
    if (first != null) {
      av_packet_move_ref(packet, first);
      av_packet_free(first);
      first = null;
      return true;
    }
    int errors = 0;
    while (errors < MAX_READ_ERRORS) {
      int code = av_read_frame(container, packet);
      if (code == AVERROR_EOF) {
        boolean failed = container.pb() != null && container.pb().error() < 0;
        brokeOff |= failed || errors > 0;
        damaged |= failed;
        return false;
      }
      if (code < 0) {
        damaged = true;
        errors++;
      } else if (readsAll || packet.stream_index() == stream.index()) {
        // The last packet of a file that was cut is a part of one.
        brokeOff = (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
        damaged |= brokeOff;
        return true;
      } else {
        av_packet_unref(packet);
      }
    }
    brokeOff = true;
    return false;
  }

  /** Where a packet ends on the presentation timeline, in microseconds. */
  long endUs(AVPacket packet) {
    AVStream from = container.streams(packet.stream_index());
    boolean timed = packet.pts() != AV_NOPTS_VALUE;
    return timed
        ? ContainerClock.of(container).presentationUs(from, packet.pts() + packet.duration())
        : 0;
  }

  /** How many frames the container lists; 0 where it has no list. */
  long listedFrames() {
    return Math.max(0, stream.nb_frames());
  }

  /** Whether the container could not be read in places, its end included. */
  boolean isDamaged() {
    return damaged;
  }

  /** Whether the file ended within a packet, or could not be read to its end. */
  boolean brokeOff() {
    return brokeOff;
  }

  /**
   * The time at which the container says that the stream ends, on the presentation timeline; 0
   * where it does not say so itself.
   */
  long claimedEndUs() {
    boolean estimated =
        container.duration_estimation_method() != AVFMT_DURATION_FROM_STREAM
            || timeline.jumps() > 0;
    if (estimated) {
      return 0;
    }
    ContainerClock clock = ContainerClock.of(container);
    return hasOwnDuration()
        ? clock.presentationUs(stream, stream.start_time()) + durationUs()
        : durationUs();
  }

  /**
   * Whether the container says how long this stream is. Where it says only how long the file is,
   * FFmpeg says the same of each stream.
   */
  boolean hasOwnDuration() {
    return OWN_DURATIONS.stream().anyMatch(List.of(format().split(","))::contains)
        && stream.duration() != AV_NOPTS_VALUE
        && stream.duration() > 0
        && timeBase().den() > 0;
  }

  /** The video streams that are known so far, the default one first. */
  List<Integer> videoStreams() {
    return VideoStreams.in(container);
  }

  /** The index of the stream in the container. */
  int index() {
    return stream.index();
  }

  /** The number of the MPEG program that the stream belongs to; 0 for none. */
  int program() {
    return VideoStreams.program(container, stream.index());
  }

  /** The presentation times of the stream's frames. */
  PlaybackTimeline timeline() {
    return timeline;
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
    if (hasOwnDuration()) {
      return Math.round(
          (double) stream.duration() * timeBase().num() / timeBase().den() * TIME_BASE);
    }
    long whole = container.duration();
    if (whole == AV_NOPTS_VALUE || whole < 0) {
      return 0;
    }
    // Some muxers write the last timestamp for the length, however late the first one is.
    long start = ContainerClock.of(container).startUs();
    return start > 0 && whole > start ? whole - start : whole;
  }

  /** Frames a second as the container claims; 0 where it does not say. */
  double frameRate() {
    return frameRate(stream);
  }

  private static double frameRate(AVStream stream) {
    AVRational rate = stream.avg_frame_rate();
    return rate.den() > 0 && rate.num() > 0 ? (double) rate.num() / rate.den() : 0;
  }

  /** The sample aspect ratio, by the container or else by the frame. */
  PixelAspect pixelAspect(AVFrame frame) throws VideoException {
    AVRational ratio = av_guess_sample_aspect_ratio(container, stream, frame);
    return PixelAspect.of(ratio.num(), ratio.den());
  }

  @Override
  public void close() {
    if (first != null) {
      av_packet_free(first);
      first = null;
    }
    avformat_close_input(container);
  }
}
