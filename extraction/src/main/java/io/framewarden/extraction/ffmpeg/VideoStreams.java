package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.av_find_program_from_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVProgram;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The video streams of a container. Stateless. */
public final class VideoStreams {
  private VideoStreams() {}

  /**
   * The indexes of the streams that the start of a file tells of, the default ones first; empty
   * where it cannot be read.
   */
  public static List<Integer> of(Path file, DecodeLimits limits) {
    try (Demuxer demuxer =
        Demuxer.open(file, MediaKind.VIDEO, limits, VideoReader.DEFAULT_STREAM)) {
      return demuxer.videoStreams();
    } catch (VideoException e) {
      return List.of();
    }
  }

  /** The indexes of those that a player can show, the default ones first; cover art is none. */
  static List<Integer> in(AVFormatContext container) {
    List<Integer> streams = new ArrayList<>();
    int defaults = 0;
    for (int i = 0; i < container.nb_streams(); i++) {
      AVStream stream = container.streams(i);
      boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO && !cover) {
        boolean isDefault = (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0;
        streams.add(isDefault ? defaults++ : streams.size(), i);
      }
    }
    return streams;
  }

  /** The number of the program of an MPEG transport stream; 0 where there is none. */
  static int program(AVFormatContext container, int stream) {
    AVProgram program = av_find_program_from_stream(container, null, stream);
    return program == null ? 0 : program.id();
  }

  /**
   * Reads until the first packet of a stream that may begin in the middle of the file.
   *
   * @param packet gets that packet
   * @return how far the other video streams have come, in microseconds from the start of the file
   * @throws VideoException NO_FRAMES where there is no such packet
   */
  static long seekStart(AVFormatContext container, int index, AVPacket packet)
      throws VideoException {
    ContainerClock clock = ContainerClock.of(container);
    Map<Integer, PlaybackTimeline> others = new HashMap<>();
    long reachedUs = 0;
    while (av_read_frame(container, packet) >= 0) {
      int at = packet.stream_index();
      if (at == index) {
        return reachedUs;
      }
      AVStream stream = container.streams(at);
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO) {
        PlaybackTimeline other = others.computeIfAbsent(at, unused -> clock.timeline(stream, 0, 0));
        // In the order of decoding, which grows; that of presentation does not.
        other.next(packet.dts(), AV_NOPTS_VALUE, packet.duration());
        reachedUs = Math.max(reachedUs, other.endUs());
      }
      av_packet_unref(packet);
    }
    throw new VideoException(
        FailureReason.NO_FRAMES, "the video stream " + index + " holds no frame");
  }
}
