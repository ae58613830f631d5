package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * The presentation times and key frames of a video, read from its packets without decoding. Only of
 * videos whose packets are one frame each with a time of its own, in codecs whose frames say
 * whether others reference them: H.264 (nal_ref_idc), MPEG-4 and MPEG-2 (B frames). HEVC's
 * sub-layers let some frames reference what the decoder would skip. Immutable.
 */
public final class FrameTimestamps {
  private static final Set<String> CODECS = Set.of("h264", "mpeg4", "mpeg2video");
  private static final List<String> CONTAINERS = List.of("mov", "matroska");

  /** Beyond this, reading the file twice costs more than it saves. */
  private static final long MAX_BYTES = 256L << 20;

  /** The maximum reorder delay that H.264 allows, in frames. */
  private static final int MAX_DELAY = 16;

  private final long[] ticks;
  private final long[] us;
  private final boolean[] key;
  private final int delay;
  private final long durationUs;

  private FrameTimestamps(NavigableMap<Long, Boolean> frames, int delay, Demuxer source) {
    this.ticks = frames.keySet().stream().mapToLong(tick -> tick).toArray();
    this.key = new boolean[ticks.length];
    this.us = new long[ticks.length];
    this.delay = delay;
    this.durationUs = source.durationUs();
    for (int i = 0; i < ticks.length; i++) {
      us[i] = source.timeline().next(ticks[i], AV_NOPTS_VALUE, 0);
      key[i] = frames.get(ticks[i]);
    }
  }

  /**
   * Reads the packets of a file's video stream.
   *
   * @param stream its index in the container; negative for the default one
   * @return empty where the video is not of the kind described above, or the file is large
   * @throws VideoException as {@link VideoReader#open(Path, DecodeOptions)}
   */
  public static Optional<FrameTimestamps> of(Path file, int stream, DecodeLimits limits)
      throws VideoException {
    FfmpegErrors.silence();
    FileCheck.check(file, MediaKind.VIDEO, limits);
    if (file.toFile().length() > MAX_BYTES) {
      return Optional.empty();
    }
    AVPacket packet = av_packet_alloc();
    try (Demuxer source = Demuxer.open(file, MediaKind.VIDEO, limits, stream)) {
      boolean supported =
          CODECS.contains(Codecs.codecName(source))
              && CONTAINERS.stream().anyMatch(List.of(source.format().split(","))::contains);
      return supported ? read(source, packet, limits) : Optional.empty();
    } finally {
      av_packet_free(packet);
    }
  }

  private static Optional<FrameTimestamps> read(
      Demuxer source, AVPacket packet, DecodeLimits limits) {
    NavigableMap<Long, Boolean> frames = new TreeMap<>();
    int delay = 0;
    while (source.read(packet)) {
      long tick = packet.pts();
      int flags = packet.flags();
      av_packet_unref(packet);
      boolean intact = (flags & (AV_PKT_FLAG_CORRUPT | AV_PKT_FLAG_DISCARD)) == 0;
      boolean unique = frames.put(tick, (flags & AV_PKT_FLAG_KEY) != 0) == null;
      if (!intact || !unique || tick == AV_NOPTS_VALUE || frames.size() > limits.maxFrames()) {
        return Optional.empty();
      }
      delay = Math.max(delay, framesShownLater(frames, tick));
      if (delay > MAX_DELAY) {
        return Optional.empty();
      }
    }
    if (source.isDamaged() || frames.isEmpty()) {
      return Optional.empty();
    }
    FrameTimestamps times = new FrameTimestamps(frames, delay, source);
    return source.timeline().jumps() == 0 ? Optional.of(times) : Optional.empty();
  }

  /** How many frames before this one in the file are shown after it; counting stops at a bound. */
  private static int framesShownLater(NavigableMap<Long, Boolean> frames, long tick) {
    int later = 0;
    Long next = frames.higherKey(tick);
    while (next != null && later <= MAX_DELAY) {
      later++;
      next = frames.higherKey(next);
    }
    return later;
  }

  /** How many frames there are. */
  public int count() {
    return us.length;
  }

  /** A frame's presentation time in microseconds, as {@link DecodedFrame#ptsUs()}. */
  public long us(int frame) {
    return us[frame];
  }

  /** As the container claims, in microseconds; 0 where it does not say. */
  public long durationUs() {
    return durationUs;
  }

  /** The frame of a packet's time; negative where there is none. */
  int indexOf(long tick) {
    return Arrays.binarySearch(ticks, tick);
  }

  /** Whether a frame is a key frame. */
  boolean isKey(int frame) {
    return key[frame];
  }

  /** How many frames a decoder must hold back to return all of them in order. */
  int delay() {
    return delay;
  }
}
