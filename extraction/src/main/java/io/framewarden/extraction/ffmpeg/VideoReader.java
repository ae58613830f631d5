package io.framewarden.extraction.ffmpeg;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.v1.VideoStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Reads a local video file frame by frame, from the first to the last, without seeking. Only the
 * file itself is ever opened, whatever it says. Packets that cannot be decoded are skipped and
 * counted. Frames come upright and in square pixels.
 *
 * <p>Owns native memory until closed. One thread.
 */
public final class VideoReader implements AutoCloseable {
  /** Names the conversion to luma in the extraction recipe; changes whenever its bytes would. */
  public static final String LUMA_CONVERSION = "luma-plane-full-range-square-2";

  /** Stands for the stream that a player shows unless told otherwise. */
  public static final int DEFAULT_STREAM = -1;

  private final Path file;
  private final MediaKind kind;
  private final DecodeLimits limits;
  private final Demuxer demuxer;
  private final Decoder decoder;
  private final String fallback;
  private final FrameClock clock;
  private final LumaConverter converter;
  private final ChromaConverter colours;
  private final StreamDamage damage = new StreamDamage();
  private final VideoProbe probe;
  private AVFrame frame;
  private Orientation toldOrientation;
  private DecodedFrame current;
  private boolean firstPending = true;
  private long returned;
  private long frames;

  private VideoReader(
      Path file,
      MediaKind kind,
      DecodeLimits limits,
      Demuxer demuxer,
      Decoder decoder,
      String fallback)
      throws VideoException {
    this.file = file;
    this.kind = kind;
    this.limits = limits;
    this.fallback = fallback;
    this.demuxer = demuxer;
    this.clock = new FrameClock(demuxer);
    boolean overWhite = MediaKind.isAnimatedImage(demuxer.format());
    this.converter = new LumaConverter(overWhite);
    this.colours = new ChromaConverter(overWhite);
    this.decoder = decoder;
    this.frame = decodeFirst();
    FrameShape shape = FrameShape.of(demuxer, frame, toldOrientation);
    this.probe = VideoProbe.of(demuxer, decoder.toHostMemory(frame), shape);
  }

  /** Loads FFmpeg's libraries, so that opening a file needs nothing but the file. */
  public static void load() {
    FfmpegErrors.load();
  }

  /**
   * Opens a video's default stream and decodes its first frame.
   *
   * @throws VideoException naming what is wrong with the file
   */
  public static VideoReader open(Path file, DecodeOptions options) throws VideoException {
    return open(file, MediaKind.VIDEO, DEFAULT_STREAM, options);
  }

  /**
   * Opens a stream of a file of the given kind and decodes its first frame.
   *
   * @param stream one of {@link #videoStreams()}, or {@link #DEFAULT_STREAM}
   * @throws VideoException naming what is wrong with the file
   */
  public static VideoReader open(Path file, MediaKind kind, int stream, DecodeOptions options)
      throws VideoException {
    if (kind == MediaKind.VIDEO && options.hardware() == HardwareDecoder.NVDEC) {
      try {
        return open(file, kind, stream, options, null, "");
      } catch (FastDecodeException e) {
        return open(file, kind, stream, options.onCpu(), null, e.getMessage());
      }
    }
    return open(file, kind, stream, options.onCpu(), null, "");
  }

  /**
   * Opens a video of which only some frames are wanted. Others may be skipped; those that are
   * returned have the indexes and times that they have among all.
   *
   * @throws FastDecodeException where the plan does not fit the video, as {@link #next} does
   */
  public static VideoReader open(Path file, int stream, DecodeOptions options, FrameSkipPlan plan)
      throws VideoException {
    return open(file, MediaKind.VIDEO, stream, options.onCpu(), plan, "");
  }

  /**
   * Opens the file.
   *
   * @param plan null to decode every frame
   * @param fallback why the CPU decodes and no GPU; empty without a reason
   */
  private static VideoReader open(
      Path file,
      MediaKind kind,
      int stream,
      DecodeOptions options,
      FrameSkipPlan plan,
      String fallback)
      throws VideoException {
    FfmpegErrors.silence();
    FileCheck.check(file, kind, options.limits());
    Demuxer demuxer = Demuxer.open(file, kind, options.limits(), stream);
    Decoder decoder = null;
    try {
      PlayingTimeLimit.checkClaim(demuxer, options.limits());
      decoder =
          options.hardware() == HardwareDecoder.NVDEC
              ? Decoder.openOnGpu(demuxer, kind, options)
              : Decoder.open(demuxer, kind, options, plan);
      return new VideoReader(file, kind, options.limits(), demuxer, decoder, fallback);
    } catch (VideoException | RuntimeException e) {
      if (decoder != null) {
        decoder.close();
      }
      demuxer.close();
      throw e;
    }
  }

  /** Whether a GPU decodes this video. */
  public boolean isOnGpu() {
    return decoder.isOnGpu();
  }

  /** Why the CPU decodes this video though a GPU was asked for; else empty. */
  public Optional<String> fallback() {
    return Optional.of(fallback).filter(why -> !why.isEmpty());
  }

  /** What the file says it is. */
  public VideoProbe probe() {
    return probe;
  }

  /**
   * The next frame, or empty at the end.
   *
   * @throws VideoException TOO_LONG, TOO_MANY_FRAMES or TOO_MANY_PIXELS when the stream goes beyond
   *     what its header said
   */
  public Optional<DecodedFrame> next() throws VideoException {
    current = null;
    if (!firstPending) {
      frame = decoder.next();
    }
    firstPending = false;
    if (frame == null) {
      return Optional.empty();
    }
    frames = decoder.index(frame, frames);
    toldOrientation = FrameShape.told(frame, toldOrientation);
    PlaybackTimeline timeline = demuxer.timeline();
    long ptsUs = clock.nextUs(frame, timeline);
    FrameRateLimit.check(frames, timeline.playedUs());
    PlayingTimeLimit.check(frames, timeline.playedUs(), limits);
    damage.add(frame, decoder.skippedPackets()); // of frames that are counted
    current = new DecodedFrame(this, frames, ptsUs);
    frames++;
    returned++;
    return Optional.of(current);
  }

  /** Frames so far, those included that were skipped before one that was returned. */
  public long frames() {
    return frames;
  }

  /** Frames that were not decoded so far, since none was wanted or referenced. */
  public long skippedFrames() {
    return frames - returned;
  }

  /** Frames converted to luma so far. */
  public long conversions() {
    return converter.conversions();
  }

  /** The end of the last frame returned on the presentation timeline, in microseconds. */
  public long endUs() {
    return demuxer.timeline().endUs();
  }

  /** How long the frames so far are played, in microseconds. */
  public long playedUs() {
    return demuxer.timeline().playedUs();
  }

  /** Packets that could not be decoded so far. */
  public long skippedPackets() {
    return decoder.skippedPackets();
  }

  /** The video streams that are known so far, the default one first; more may begin later. */
  public List<Integer> videoStreams() {
    return demuxer.videoStreams();
  }

  /** The index of the stream in the container. */
  public int index() {
    return demuxer.index();
  }

  /**
   * What became of the stream: its frames and their damage, without what was sampled. Final after
   * the last frame.
   */
  public VideoStream.Builder report() throws VideoException {
    long beforeKey = damage.startsAtKey() ? decoder.packetsBeforeKey() : 0;
    return VideoStream.newBuilder()
        .setIndex(demuxer.index())
        .setProgram(demuxer.program())
        .setCodec(probe.codec())
        .setWidth(probe.width())
        .setHeight(probe.height())
        .setDecodedFrames(frames)
        .setDamagedFrames(damage.frames())
        .setMissingStartFrames(beforeKey)
        .setUndecodablePackets(Math.max(0, decoder.skippedPackets() - beforeKey))
        .setTimestampJumps(demuxer.timeline().jumps())
        .setTruncated(isTruncated())
        .setEndUs(endUs());
  }

  private boolean isTruncated() throws VideoException {
    if (demuxer.brokeOff() || frame != null) {
      return demuxer.brokeOff();
    }
    return FileEnd.isMissing(file, kind, limits, demuxer, endUs())
        || ImageFileCheck.isCut(file, demuxer.format(), frames + decoder.skippedPackets());
  }

  @Override
  public void close() {
    current = null;
    decoder.close();
    demuxer.close();
  }

  GrayImage luma(DecodedFrame decoded) throws VideoException {
    AVFrame stored = current(decoded);
    GrayImage luma = converter.convert(decoder.toHostMemory(stored));
    return FrameShape.of(demuxer, stored, toldOrientation).apply(luma);
  }

  Chroma chroma(DecodedFrame decoded) throws VideoException {
    AVFrame stored = current(decoded);
    Chroma chroma = colours.convert(decoder.toHostMemory(stored));
    return FrameShape.of(demuxer, stored, toldOrientation).apply(chroma);
  }

  long pixels(DecodedFrame decoded) {
    return (long) current(decoded).width() * frame.height();
  }

  private AVFrame current(DecodedFrame decoded) {
    if (decoded != current) {
      throw new IllegalStateException("the reader has moved on from this frame");
    }
    return frame;
  }

  private AVFrame decodeFirst() throws VideoException {
    AVFrame opened = decoder.next();
    if (opened == null && decoder.isOnGpu()) {
      throw new FastDecodeException("the GPU decodes no frame of this video");
    }
    if (opened == null) {
      boolean damaged = demuxer.isDamaged() || decoder.skippedPackets() > 0;
      throw VideoException.withoutFrames(damaged, limits.maxPixels());
    }
    LumaConverter.checkSupported(decoder.toHostMemory(opened));
    toldOrientation = FrameShape.told(opened, null);
    return opened;
  }
}
