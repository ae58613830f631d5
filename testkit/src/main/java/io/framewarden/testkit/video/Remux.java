package io.framewarden.testkit.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_list_parse_str;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_new_program;
import static org.bytedeco.ffmpeg.global.avformat.av_program_add_stream_index;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Puts the encoded frames of videos into another container, as they are: with other timestamps, as
 * several streams, in several programs. Used once.
 */
public final class Remux {
  private static final long MICROS = 1_000_000;

  private record Source(Path file, LongUnaryOperator time, int disposition, int program) {}

  private final List<Source> sources = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();
  private String filter = "null";

  /** Adds a video's first stream as it is. */
  public Remux stream(Path file) {
    return stream(file, us -> us, 0, 0);
  }

  /**
   * Adds a video's first stream.
   *
   * @param time a timestamp in microseconds to the one that is written; it must not fall
   * @param disposition FFmpeg's AV_DISPOSITION flags
   * @param program of an MPEG transport stream; 0 for none
   */
  public Remux stream(Path file, LongUnaryOperator time, int disposition, int program) {
    sources.add(new Source(file, time, disposition, program));
    return this;
  }

  /** Sets one of the muxer's options. */
  public Remux option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** Passes all packets through bitstream filters, e.g. {@code h264_metadata=rotate=90}. */
  public Remux filter(String text) {
    filter = text;
    return this;
  }

  /** Writes the file; the container follows from its extension. */
  public Path write(Path file) throws IOException {
    AVFormatContext out = new AVFormatContext(null);
    check(avformat_alloc_output_context2(out, null, (String) null, file.toString()), "container");
    List<AVFormatContext> inputs = new ArrayList<>();
    for (Source source : sources) {
      AVFormatContext in = open(source.file);
      inputs.add(in);
      AVStream stream = avformat_new_stream(out, null);
      check(avcodec_parameters_copy(stream.codecpar(), in.streams(0).codecpar()), "parameters");
      stream.codecpar().codec_tag(0);
      stream.disposition(source.disposition);
      stream.time_base(in.streams(0).time_base());
      stream.avg_frame_rate(in.streams(0).avg_frame_rate());
      if (source.program > 0) {
        av_new_program(out, source.program);
        av_program_add_stream_index(out, source.program, stream.index());
      }
    }
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE), "open " + file);
    out.pb(io);
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
    check(avformat_write_header(out, dictionary), "header");
    av_dict_free(dictionary);
    copy(inputs, out);
    check(av_write_trailer(out), "trailer");
    avio_closep(out.pb());
    avformat_free_context(out);
    inputs.forEach(in -> avformat_close_input(in));
    return file;
  }

  /** Interleaves the streams by reading from each in turn. */
  private void copy(List<AVFormatContext> inputs, AVFormatContext out) throws IOException {
    AVPacket packet = av_packet_alloc();
    List<AVBSFContext> filters = new ArrayList<>();
    for (AVFormatContext in : inputs) {
      AVBSFContext context = new AVBSFContext(null);
      check(av_bsf_list_parse_str(filter, context), "filter " + filter);
      check(avcodec_parameters_copy(context.par_in(), in.streams(0).codecpar()), "parameters");
      context.time_base_in(in.streams(0).time_base());
      check(av_bsf_init(context), "filter " + filter);
      filters.add(context);
    }
    boolean[] ended = new boolean[inputs.size()];
    int open = inputs.size();
    while (open > 0) {
      for (int i = 0; i < inputs.size(); i++) {
        if (ended[i]) {
          continue;
        }
        if (av_read_frame(inputs.get(i), packet) < 0) {
          ended[i] = true;
          open--;
          continue;
        }
        check(av_bsf_send_packet(filters.get(i), packet), "filter");
        check(av_bsf_receive_packet(filters.get(i), packet), "filter");
        LongUnaryOperator time = sources.get(i).time;
        AVRational base = inputs.get(i).streams(0).time_base();
        packet.pts(moved(packet.pts(), base, time)).dts(moved(packet.dts(), base, time));
        packet.stream_index(i);
        av_packet_rescale_ts(packet, base, out.streams(i).time_base());
        check(av_interleaved_write_frame(out, packet), "write");
      }
    }
    filters.forEach(context -> av_bsf_free(context));
    av_packet_free(packet);
  }

  private static long moved(long tick, AVRational base, LongUnaryOperator time) {
    double seconds = (double) base.num() / base.den();
    return Math.round(time.applyAsLong(Math.round(tick * seconds * MICROS)) / seconds / MICROS);
  }

  private static AVFormatContext open(Path file) throws IOException {
    AVFormatContext in = new AVFormatContext(null);
    check(
        avformat_open_input(in, file.toString(), (AVInputFormat) null, (AVDictionary) null),
        "open " + file);
    check(avformat_find_stream_info(in, (PointerPointer<?>) null), "streams of " + file);
    return in;
  }

  private static void check(int code, String step) throws IOException {
    if (code < 0) {
      throw new IOException("cannot write the file: " + step + " failed with " + code);
    }
  }
}
