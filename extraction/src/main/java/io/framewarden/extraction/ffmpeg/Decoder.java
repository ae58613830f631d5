package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes packets to frames and skips what cannot be decoded. Owns its native memory until closed,
 * the frame that it returns included. One thread.
 */
final class Decoder implements AutoCloseable {
  private final Demuxer source;
  private final MediaKind kind;
  private final DecodeOptions options;
  private AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final AVFrame downloaded = av_frame_alloc();

  /** Null: every frame is decoded. */
  private final FrameSkipPlan plan;

  private boolean drained;

  /** The packet at hand is of another codec: the frames of the old one come first. */
  private boolean codecChanged;

  private boolean keySeen;
  private long skippedPackets;
  private long packetsBeforeKey;

  private Decoder(
      Demuxer source,
      MediaKind kind,
      DecodeOptions options,
      AVCodecContext context,
      FrameSkipPlan plan) {
    this.source = source;
    this.kind = kind;
    this.options = options;
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
    return new Decoder(source, kind, options, Codecs.openOnCpu(source, kind, options), plan);
  }

  /**
   * Opens the GPU's decoder of the stream's codec, under the same limits.
   *
   * @throws FastDecodeException when there is none, or it does not accept the stream
   * @throws VideoException UNSUPPORTED_CODEC, TOO_MANY_PIXELS
   */
  static Decoder openOnGpu(Demuxer source, MediaKind kind, DecodeOptions options)
      throws VideoException {
    return new Decoder(source, kind, options, Codecs.openOnGpu(source, kind, options), null);
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
        Codecs.checkPixels(frame.width(), frame.height(), context.max_pixels());
        return frame;
      }
      if (code == AVERROR_EOF && codecChanged) {
        changeCodec();
        continue;
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
    if (source.parameters().codec_id() != context.codec_id()) {
      codecChanged = true;
      avcodec_send_packet(context, null);
      return true;
    }
    if (plan != null) {
      context.skip_frame(plan.discard(packet.pts()));
    }
    send();
    return true;
  }

  /** A transport stream may go on in another codec. */
  private void changeCodec() throws VideoException {
    if (isOnGpu() || plan != null) {
      throw new FastDecodeException("the stream goes on in another codec");
    }
    codecChanged = false;
    AVCodecContext next = Codecs.openOnCpu(source, kind, options);
    avcodec_free_context(context);
    context = next;
    send();
  }

  private void send() throws VideoException {
    keySeen |= (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    packetsBeforeKey += keySeen ? 0 : 1;
    int code = avcodec_send_packet(context, packet);
    av_packet_unref(packet);
    if (code < 0) {
      skip(code);
    }
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
    Codecs.checkPixels(context.width(), context.height(), context.max_pixels());
    Codecs.checkPixels(context.coded_width(), context.coded_height(), context.max_pixels());
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
