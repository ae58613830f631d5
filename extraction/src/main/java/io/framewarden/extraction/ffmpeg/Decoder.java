package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;

import io.framewarden.v1.FailureReason;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes packets to frames and skips what cannot be decoded. Owns its native memory until closed,
 * the frame that it returns included. One thread.
 */
final class Decoder implements AutoCloseable {
  private final Demuxer source;
  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final AVFrame downloaded = av_frame_alloc();

  /** Null: every frame is decoded. */
  private final FrameSkipPlan plan;

  private boolean drained;
  private boolean keySeen;
  private long skippedPackets;
  private long packetsBeforeKey;

  private Decoder(Demuxer source, AVCodecContext context, FrameSkipPlan plan) {
    this.source = source;
    this.context = context;
    this.plan = plan;
  }

  /**
   * Opens the first allowed CPU decoder of the stream's codec.
   *
   * @param plan which frames are skipped; null for none
   * @throws VideoException UNSUPPORTED_CODEC, TOO_MANY_PIXELS, CORRUPT
   */
  static Decoder open(Demuxer source, MediaKind kind, DecodeOptions options, FrameSkipPlan plan)
      throws VideoException {
    AVCodec codec = allowedCodec(source, kind);
    checkPixels(
        source.parameters().width(), source.parameters().height(), options.limits().maxPixels());
    AVCodecContext context = context(source, codec, options);
    int code = open(context, codec, kind.decoderList());
    if (code < 0) {
      throw new VideoException(
          FailureReason.CORRUPT,
          "the decoder does not accept the stream ("
              + FfmpegErrors.text(code)
              + "); check that the file plays, and upload it again");
    }
    return new Decoder(source, context, plan);
  }

  /**
   * Opens the GPU's decoder of the stream's codec, under the same limits.
   *
   * @throws FastDecodeException when there is none, or it does not accept the stream
   * @throws VideoException UNSUPPORTED_CODEC, TOO_MANY_PIXELS
   */
  static Decoder openOnGpu(Demuxer source, MediaKind kind, DecodeOptions options)
      throws VideoException {
    allowedCodec(source, kind);
    checkPixels(
        source.parameters().width(), source.parameters().height(), options.limits().maxPixels());
    AVCodec codec = Nvdec.decoder(source.parameters().codec_id());
    AVCodecContext context = context(source, codec, options);
    // Frames stay on the GPU then; only sampled ones are copied from it.
    context.hw_device_ctx(av_buffer_ref(Nvdec.device()));
    int code = open(context, codec, codec.name().getString());
    if (code < 0) {
      throw new FastDecodeException(
          "the GPU does not decode this stream: " + FfmpegErrors.text(code));
    }
    return new Decoder(source, context, null);
  }

  private static AVCodecContext context(Demuxer source, AVCodec codec, DecodeOptions options) {
    AVCodecContext context = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(context, source.parameters());
    context.pkt_timebase(source.timeBase());
    context.max_pixels(options.limits().maxPixels());
    context.thread_count(options.threads());
    // Rows are copied, so no alignment is needed, and cropping is exact without it.
    context.flags(context.flags() | AV_CODEC_FLAG_UNALIGNED);
    return context;
  }

  /** Opens the context, or frees it where that fails. */
  private static int open(AVCodecContext context, AVCodec codec, String whitelist) {
    AVDictionary dictionary = new AVDictionary(null);
    av_dict_set(dictionary, "codec_whitelist", whitelist, 0);
    int code = avcodec_open2(context, codec, dictionary);
    av_dict_free(dictionary);
    if (code < 0) {
      avcodec_free_context(context);
    }
    return code;
  }

  private static AVCodec allowedCodec(Demuxer source, MediaKind kind) throws VideoException {
    for (String name : kind.decoders()) {
      AVCodec codec = avcodec_find_decoder_by_name(name);
      if (codec != null && codec.id() == source.parameters().codec_id()) {
        return codec;
      }
    }
    throw new VideoException(
        FailureReason.UNSUPPORTED_CODEC,
        codecText(source) + "; convert the video to H.264 in an .mp4 file");
  }

  private static String codecText(Demuxer source) {
    return source.parameters().codec_id() == AV_CODEC_ID_NONE
        ? "the file does not say which codec its video has, or says one that is not known"
        : "the codec " + codecName(source) + " is not read";
  }

  /** FFmpeg's name of the stream's codec. */
  static String codecName(Demuxer source) {
    return avcodec_get_name(source.parameters().codec_id()).getString();
  }

  /**
   * The next frame, valid until the next call; null at the end.
   *
   * @throws VideoException TOO_MANY_PIXELS
   */
  AVFrame next() throws VideoException {
    while (true) {
      int code = avcodec_receive_frame(context, frame);
      if (code >= 0) {
        checkPixels(frame.width(), frame.height(), context.max_pixels());
        return frame;
      }
      if (code == AVERROR_EOF) {
        if (plan != null) {
          plan.checkEnd(!source.isDamaged());
        }
        return null;
      }
      if (code != avutil.AVERROR_EAGAIN()) {
        skip(code);
      } else if (!feed()) {
        return null;
      }
    }
  }

  /** Sends the decoder one more packet, or the end of the stream; false when it has had both. */
  private boolean feed() throws VideoException {
    if (drained) {
      return false;
    }
    if (!source.read(packet)) {
      drained = true;
      avcodec_send_packet(context, null);
      return true;
    }
    if (plan != null) {
      context.skip_frame(plan.discard(packet.pts()));
    }
    keySeen |= (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    packetsBeforeKey += keySeen ? 0 : 1;
    int code = avcodec_send_packet(context, packet);
    av_packet_unref(packet);
    if (code < 0) {
      skip(code);
    }
    return true;
  }

  private void skip(int code) throws VideoException {
    if (code == AVERROR_EXTERNAL && isOnGpu()) {
      throw new FastDecodeException("the GPU failed in the middle of the video");
    }
    if (plan != null) {
      throw new FastDecodeException("not every packet can be decoded");
    }
    skippedPackets++;
    // A decoder fails alike on garbage and on a frame above max_pixels; the size says which.
    checkPixels(context.width(), context.height(), context.max_pixels());
    checkPixels(context.coded_width(), context.coded_height(), context.max_pixels());
  }

  static void checkPixels(long width, long height, long maxPixels) throws VideoException {
    if (width * height > maxPixels) {
      throw new VideoException(
          FailureReason.TOO_MANY_PIXELS,
          "frames of "
              + width
              + "x"
              + height
              + " have more than the "
              + maxPixels
              + " pixels allowed; upload a smaller version");
    }
  }

  /**
   * The index of a decoded frame among all frames.
   *
   * @param frames how many frames came before it
   */
  long index(AVFrame frame, long frames) throws FastDecodeException {
    return plan == null ? frames : plan.index(frame, context);
  }

  /** Whether a GPU decodes. */
  boolean isOnGpu() {
    return context.hw_device_ctx() != null;
  }

  /**
   * The frame in host memory: the frame itself, or a copy that is valid until the next call.
   *
   * @throws FastDecodeException when the GPU does not copy it
   */
  AVFrame toHostMemory(AVFrame frame) throws FastDecodeException {
    if (frame.hw_frames_ctx() == null) {
      return frame;
    }
    av_frame_unref(downloaded);
    int code = av_hwframe_transfer_data(downloaded, frame, 0);
    if (code < 0) {
      throw new FastDecodeException(
          "a frame cannot be copied from the GPU: " + FfmpegErrors.text(code));
    }
    av_frame_copy_props(downloaded, frame);
    return downloaded;
  }

  /** Packets that could not be decoded so far. */
  long skippedPackets() {
    return skippedPackets;
  }

  /** Packets before the first key frame so far. */
  long packetsBeforeKey() {
    return packetsBeforeKey;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_frame_free(downloaded);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
