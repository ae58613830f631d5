package io.framewarden.testkit.video;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_FRAME_DURATION;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_display_matrix_flip;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Encodes gray frames into a video file through FFmpeg. Owns its native objects until closed, which
 * also completes the file. One thread.
 */
public final class VideoWriter implements AutoCloseable {
  private static final double BITS_PER_PIXEL = 0.15;
  private static final int MATRIX_BYTES = 36;

  private final VideoFormat format;
  private final AVFormatContext container = new AVFormatContext(null);
  private final AVCodecContext encoder;
  private final AVStream stream;
  private final AVFrame frame;
  private final AVPacket packet = av_packet_alloc();

  /** Creates the file; the container follows from its extension. */
  public VideoWriter(Path file, VideoFormat format, int width, int height) throws IOException {
    av_log_set_level(AV_LOG_QUIET);
    this.format = format;
    check(
        avformat_alloc_output_context2(container, null, (String) null, file.toString()),
        "container");
    container.flags(container.flags() | AVFMT_FLAG_BITEXACT);
    AVCodec codec = avcodec_find_encoder_by_name(format.encoder());
    if (codec == null) {
      throw new IOException("this FFmpeg has no encoder " + format.encoder());
    }
    this.encoder = avcodec_alloc_context3(codec);
    configure(width, height);
    check(avcodec_open2(encoder, codec, (AVDictionary) null), "encoder");
    this.stream = avformat_new_stream(container, codec);
    check(avcodec_parameters_from_context(stream.codecpar(), encoder), "parameters");
    stream.time_base(encoder.time_base());
    stream.sample_aspect_ratio(encoder.sample_aspect_ratio());
    rotate();
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE), "open " + file);
    container.pb(io);
    check(avformat_write_header(container, (AVDictionary) null), "header");
    this.frame = newFrame(width, height);
  }

  /** Whether this FFmpeg build has an encoder. */
  public static boolean canEncode(String encoder) {
    return avcodec_find_encoder_by_name(encoder) != null;
  }

  /**
   * Appends a frame.
   *
   * @param luma width x height 8-bit codes, stored as they are (shifted up for deeper formats)
   * @param ptsUs microseconds, growing
   */
  public void write(byte[] luma, long ptsUs) throws IOException {
    check(av_frame_make_writable(frame), "frame");
    fill(luma);
    frame.pts(Math.round(ptsUs * 1e-6 * format.ticksPerSecond()));
    // Without a duration of its own the last frame would fall out of an .mp4's edit list.
    frame.duration(Math.max(1, format.ticksPerSecond() / 30));
    check(avcodec_send_frame(encoder, frame), "encode");
    drain();
  }

  /** Completes the file. */
  @Override
  public void close() throws IOException {
    check(avcodec_send_frame(encoder, null), "flush");
    drain();
    check(av_write_trailer(container), "trailer");
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(encoder);
    avio_closep(container.pb());
    avformat_free_context(container);
  }

  private void configure(int width, int height) {
    encoder.width(width).height(height).pix_fmt(av_get_pix_fmt(format.pixelFormat()));
    encoder.time_base(rational(1, format.ticksPerSecond()));
    encoder.color_range(format.fullRange() ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
    encoder.bit_rate(Math.round(width * (double) height * 25 * BITS_PER_PIXEL));
    encoder.sample_aspect_ratio(
        rational(format.shape().pixelWidth(), format.shape().pixelHeight()));
    encoder.gop_size(25).max_b_frames(format.bFrames()).thread_count(1);
    encoder.strict_std_compliance(-2); // full-range MJPEG with a plain pixel format
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_FRAME_DURATION);
    if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
  }

  private void rotate() {
    if (format.shape().rotation() == 0 && !format.shape().mirrored()) {
      return;
    }
    AVPacketSideData list = new AVPacketSideData(stream.codecpar().coded_side_data());
    IntPointer count = new IntPointer(1).put(stream.codecpar().nb_coded_side_data());
    AVPacketSideData added =
        av_packet_side_data_new(list, count, AV_PKT_DATA_DISPLAYMATRIX, MATRIX_BYTES, 0);
    IntPointer matrix = new IntPointer(added.data());
    av_display_rotation_set(matrix, format.shape().rotation());
    if (format.shape().mirrored()) {
      av_display_matrix_flip(matrix, 1, 0);
    }
    stream.codecpar().coded_side_data(list).nb_coded_side_data(count.get());
  }

  private AVFrame newFrame(int width, int height) throws IOException {
    AVFrame allocated = av_frame_alloc();
    allocated.format(encoder.pix_fmt()).width(width).height(height);
    allocated.color_range(encoder.color_range());
    check(av_frame_get_buffer(allocated, 0), "frame");
    return allocated;
  }

  private void fill(byte[] luma) {
    AVPixFmtDescriptor pixels = av_pix_fmt_desc_get(frame.format());
    boolean rgb = (pixels.flags() & AV_PIX_FMT_FLAG_RGB) != 0;
    int depth = pixels.comp(0).depth();
    byte[] neutral = new byte[luma.length];
    Arrays.fill(neutral, (byte) 128);
    for (int part = 0; part < pixels.nb_components(); part++) {
      boolean chroma = part > 0 && !rgb;
      int shiftX = chroma ? pixels.log2_chroma_w() : 0;
      int shiftY = chroma ? pixels.log2_chroma_h() : 0;
      int plane = pixels.comp(part).plane();
      int width = (frame.width() + (1 << shiftX) - 1) >> shiftX;
      int height = (frame.height() + (1 << shiftY) - 1) >> shiftY;
      copy(chroma ? neutral : luma, plane, width, height, depth);
    }
  }

  private void copy(byte[] codes, int plane, int width, int height, int depth) {
    int bytes = depth > 8 ? 2 : 1;
    byte[] row = new byte[width * bytes];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int code = (codes[y * width + x] & 0xff) << (depth - 8);
        row[x * bytes] = (byte) code;
        if (bytes == 2) {
          row[x * 2 + 1] = (byte) (code >> 8);
        }
      }
      BytePointer to = frame.data(plane).getPointer((long) y * frame.linesize(plane));
      to.put(row, 0, row.length);
    }
  }

  private void drain() throws IOException {
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(stream.index());
      check(av_interleaved_write_frame(container, packet), "write");
    }
  }

  private static AVRational rational(int numerator, int denominator) {
    AVRational value = new AVRational();
    value.num(numerator).den(denominator);
    return value;
  }

  private static void check(int code, String step) throws IOException {
    if (code < 0) {
      throw new IOException("cannot write the video: " + step + " failed with " + code);
    }
  }
}
