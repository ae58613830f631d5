package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * The video decoder of NVIDIA's GPUs, by FFmpeg's cuvid decoders. Only codecs whose standard fixes
 * every bit of the frames, so that a face does not depend on the hardware; the transforms of
 * MPEG-1, 2 and 4 may differ between decoders.
 *
 * <p>One CUDA context per process, created on first use and kept: creating one takes a good part of
 * a second. Safe for several threads.
 */
final class Nvdec {
  private static final Map<String, String> DECODERS =
      List.of("h264", "hevc", "vp8", "vp9", "av1").stream()
          .collect(Collectors.toUnmodifiableMap(codec -> codec, codec -> codec + "_cuvid"));

  /** The context, or FFmpeg's error code where it could not be created. */
  private record Device(AVBufferRef reference, int code) {
    static final Device ONLY = create();

    private static Device create() {
      AVBufferRef device = new AVBufferRef(null);
      int code =
          av_hwdevice_ctx_create(
              device, AV_HWDEVICE_TYPE_CUDA, (String) null, (AVDictionary) null, 0);
      return new Device(device, code);
    }
  }

  private Nvdec() {}

  /** Why no video can be decoded on a GPU; empty where it can. */
  static Optional<String> problem() {
    if (DECODERS.values().stream().noneMatch(name -> avcodec_find_decoder_by_name(name) != null)) {
      return Optional.of("this build of FFmpeg has no NVDEC decoders");
    }
    int code = Device.ONLY.code();
    return code < 0
        ? Optional.of(
            "no GPU can be opened ("
                + FfmpegErrors.text(code)
                + "); NVDEC needs an NVIDIA GPU, its driver with libcuda and libnvcuvid, and"
                + " address space that is not limited below what CUDA reserves")
        : Optional.empty();
  }

  /**
   * The GPU's decoder of a codec.
   *
   * @throws FastDecodeException naming what is missing
   */
  static AVCodec decoder(int codecId) throws FastDecodeException {
    String codec = avcodec_get_name(codecId).getString();
    String name = DECODERS.get(codec);
    if (name == null) {
      throw new FastDecodeException(
          codec + " is not decoded on GPUs: hardware decoders may differ in its frames");
    }
    AVCodec decoder = avcodec_find_decoder_by_name(name);
    if (decoder == null) {
      throw new FastDecodeException("this build of FFmpeg has no decoder " + name);
    }
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      throw new FastDecodeException(problem.get());
    }
    return decoder;
  }

  /** The context; only after {@link #problem()} found none. This class owns it. */
  static AVBufferRef device() {
    return Device.ONLY.reference();
  }
}
