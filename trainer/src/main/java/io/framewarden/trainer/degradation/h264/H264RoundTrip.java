package io.framewarden.trainer.degradation.h264;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.framewarden.extraction.face.GrayImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Encodes gray frames as the luma of a 25 Hz clip with a constant quantiser, and decodes them
 * again. The LGPL build of FFmpeg has Cisco's libopenh264, which knows no constant rate factor
 * (that is x264's): its quantiser is held instead, which is what a rate factor aims at. Owns its
 * native objects during one call; any number of threads may call.
 */
public final class H264RoundTrip {
  /** The encoder that is used. */
  public static final String ENCODER = "libopenh264";

  private static final int GOP_SIZE = 25;
  private static final int NEUTRAL_CHROMA = 128;

  private H264RoundTrip() {}

  /** Why no clip can be encoded here; empty when one can. */
  public static Optional<String> unavailable() {
    try (PointerScope scope = new PointerScope()) {
      AVCodec encoder = avcodec_find_encoder_by_name(ENCODER);
      return encoder == null
          ? Optional.of("this FFmpeg has no H.264 encoder " + ENCODER)
          : Optional.empty();
    } catch (LinkageError e) {
      return Optional.of("FFmpeg's libraries cannot be loaded here: " + e.getMessage());
    }
  }

  /**
   * The clip, encoded and decoded.
   *
   * @param clip frames of one size in the order of time, at least one; width and height even
   * @param quantiser H.264's QP, 1 (best) to 51; six more halve the bits, roughly
   * @return as many frames
   * @throws IllegalStateException when FFmpeg refuses
   */
  public static List<GrayImage> of(List<GrayImage> clip, int quantiser) {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    try (PointerScope scope = new PointerScope()) {
      AVCodecContext encoder = encoder(clip.get(0), quantiser);
      AVCodecContext decoder = decoder();
      AVFrame frame = avutil.av_frame_alloc();
      AVPacket packet = avcodec.av_packet_alloc();
      try {
        List<GrayImage> decoded = new ArrayList<>();
        for (int i = 0; i < clip.size(); i++) {
          fill(frame, clip.get(i), i);
          check(avcodec_send_frame(encoder, frame), "takes no frame");
          avutil.av_frame_unref(frame);
          pass(encoder, packet, decoder, frame, decoded);
        }
        check(avcodec_send_frame(encoder, null), "does not end");
        pass(encoder, packet, decoder, frame, decoded);
        check(avcodec_send_packet(decoder, null), "does not end");
        receive(decoder, frame, decoded);
        if (decoded.size() != clip.size()) {
          throw new IllegalStateException(
              "H.264: %d frames in, %d out".formatted(clip.size(), decoded.size()));
        }
        return decoded;
      } finally {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avcodec_free_context(decoder);
        avcodec_free_context(encoder);
      }
    }
  }

  private static AVCodecContext encoder(GrayImage size, int quantiser) {
    AVCodec codec = avcodec_find_encoder_by_name(ENCODER);
    if (codec == null) {
      throw new IllegalStateException(unavailable().orElse(ENCODER + " is missing"));
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    context.width(size.width()).height(size.height()).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.time_base().num(1).den(25);
    context.gop_size(GOP_SIZE).max_b_frames(0).thread_count(1);
    context.qmin(quantiser).qmax(quantiser);
    context.bit_rate(20_000_000);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "rc_mode", "quality", 0);
    avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
    int code = avcodec_open2(context, codec, options);
    avutil.av_dict_free(options);
    check(code, "cannot be opened");
    return context;
  }

  private static AVCodecContext decoder() {
    AVCodec codec = avcodec_find_decoder(avcodec.AV_CODEC_ID_H264);
    AVCodecContext context = avcodec_alloc_context3(codec);
    context.thread_count(1);
    check(avcodec_open2(context, codec, (AVDictionary) null), "cannot be decoded");
    return context;
  }

  private static void fill(AVFrame frame, GrayImage gray, long at) {
    int width = gray.width();
    frame.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(gray.height()).pts(at);
    check(avutil.av_frame_get_buffer(frame, 0), "has no memory");
    BytePointer luma = new BytePointer(frame.data(0));
    for (int y = 0; y < gray.height(); y++) {
      luma.position((long) y * frame.linesize(0)).put(gray.pixels(), y * width, width);
    }
    for (int plane = 1; plane <= 2; plane++) {
      long bytes = (long) frame.linesize(plane) * (gray.height() / 2);
      Pointer.memset(frame.data(plane), NEUTRAL_CHROMA, bytes);
    }
  }

  private static void pass(
      AVCodecContext encoder,
      AVPacket packet,
      AVCodecContext decoder,
      AVFrame frame,
      List<GrayImage> decoded) {
    for (int code = avcodec_receive_packet(encoder, packet);
        !isDrained(code, "gives no packet");
        code = avcodec_receive_packet(encoder, packet)) {
      check(avcodec_send_packet(decoder, packet), "refuses a packet");
      avcodec.av_packet_unref(packet);
      receive(decoder, frame, decoded);
    }
  }

  private static void receive(AVCodecContext decoder, AVFrame frame, List<GrayImage> decoded) {
    for (int code = avcodec_receive_frame(decoder, frame);
        !isDrained(code, "gives no frame");
        code = avcodec_receive_frame(decoder, frame)) {
      int width = frame.width();
      byte[] gray = new byte[width * frame.height()];
      BytePointer luma = new BytePointer(frame.data(0));
      for (int y = 0; y < frame.height(); y++) {
        luma.position((long) y * frame.linesize(0)).get(gray, y * width, width);
      }
      decoded.add(new GrayImage(width, frame.height(), gray));
      avutil.av_frame_unref(frame);
    }
  }

  private static boolean isDrained(int code, String problem) {
    if (code == AVERROR_EAGAIN() || code == AVERROR_EOF) {
      return true;
    }
    check(code, problem);
    return false;
  }

  private static void check(int code, String problem) {
    if (code < 0) {
      throw new IllegalStateException("H.264 " + problem + ", FFmpeg's error " + code);
    }
  }
}
