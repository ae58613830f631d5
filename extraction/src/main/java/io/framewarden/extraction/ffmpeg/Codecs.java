package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.framewarden.v1.FailureReason;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Opens decoders of the allowed codecs, under limits. Stateless. */
final class Codecs {
  private Codecs() {}

  /**
   * Opens the first allowed CPU decoder of the stream's codec.
   *
   * @throws VideoException UNSUPPORTED_CODEC, TOO_MANY_PIXELS, CORRUPT
   */
  static AVCodecContext openOnCpu(Demuxer source, MediaKind kind, DecodeOptions options)
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
    return context;
  }

  /**
   * Opens the GPU's decoder of the stream's codec, under the same limits.
   *
   * @throws FastDecodeException when there is none, or it does not accept the stream
   * @throws VideoException UNSUPPORTED_CODEC, TOO_MANY_PIXELS
   */
  static AVCodecContext openOnGpu(Demuxer source, MediaKind kind, DecodeOptions options)
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
    return context;
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
   * Checks the size of a frame.
   *
   * @throws VideoException TOO_MANY_PIXELS
   */
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
}
