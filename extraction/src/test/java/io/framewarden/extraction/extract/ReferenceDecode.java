package io.framewarden.extraction.extract;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/** Decodes all video streams of a file in one pass, as the ffmpeg command does, and counts. */
final class ReferenceDecode {
  private ReferenceDecode() {}

  /** Decoded frames of each video stream, by its index; streams that begin late included. */
  static Map<Integer, Long> frames(Path file) {
    AVFormatContext in = new AVFormatContext(null);
    if (avformat_open_input(in, file.toString(), (AVInputFormat) null, (AVDictionary) null) < 0
        || avformat_find_stream_info(in, (PointerPointer<?>) null) < 0) {
      throw new IllegalArgumentException("FFmpeg does not open " + file);
    }
    Map<Integer, AVCodecContext> decoders = new TreeMap<>();
    Map<Integer, Long> frames = new TreeMap<>();
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    while (av_read_frame(in, packet) >= 0) {
      int stream = packet.stream_index();
      if (in.streams(stream).codecpar().codec_type() == AVMEDIA_TYPE_VIDEO) {
        AVCodecContext decoder = decoders.computeIfAbsent(stream, index -> open(in, index));
        avcodec_send_packet(decoder, packet);
        frames.merge(stream, receive(decoder, frame), Long::sum);
      }
      av_packet_unref(packet);
    }
    decoders.forEach(
        (stream, decoder) -> {
          avcodec_send_packet(decoder, null);
          frames.merge(stream, receive(decoder, frame), Long::sum);
          avcodec_free_context(decoder);
        });
    av_frame_free(frame);
    av_packet_free(packet);
    avformat_close_input(in);
    return frames;
  }

  private static AVCodecContext open(AVFormatContext in, int stream) {
    AVCodec codec = avcodec_find_decoder(in.streams(stream).codecpar().codec_id());
    AVCodecContext decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, in.streams(stream).codecpar());
    decoder.pkt_timebase(in.streams(stream).time_base());
    if (avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
      throw new IllegalArgumentException("FFmpeg has no decoder for stream " + stream);
    }
    return decoder;
  }

  private static long receive(AVCodecContext decoder, AVFrame frame) {
    long count = 0;
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      count++;
    }
    return count;
  }
}
