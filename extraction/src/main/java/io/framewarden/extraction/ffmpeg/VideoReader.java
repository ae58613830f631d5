package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
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

  private final DecodeLimits limits;
  private final Demuxer demuxer;
  private final Decoder decoder;
  private final String fallback;
  private final LumaConverter converter = new LumaConverter();
  private final PtsClock clock;
  private final Orientation orientation;
  private final PixelAspect aspect;
  private final VideoProbe probe;
  private AVFrame frame;
  private DecodedFrame current;
  private boolean firstPending = true;
  private long returned;
  private long frames;
  private long lastPtsUs;
  private long endUs;

  private VideoReader(DecodeLimits limits, Demuxer demuxer, Decoder decoder, String fallback)
      throws VideoException {
    this.limits = limits;
    this.fallback = fallback;
    this.demuxer = demuxer;
    this.decoder = decoder;
    this.clock = PtsClock.of(demuxer);
    this.frame = decodeFirst();
    this.orientation = demuxer.orientation(frame);
    this.aspect = demuxer.pixelAspect(frame);
    this.probe = probe(frame);
  }

  /** Loads FFmpeg's libraries, so that opening a file needs nothing but the file. */
  public static void load() {
    FfmpegErrors.load();
  }

  /**
   * Opens a video and decodes its first frame.
   *
   * @throws VideoException naming what is wrong with the file
   */
  public static VideoReader open(Path file, DecodeOptions options) throws VideoException {
    return open(file, MediaKind.VIDEO, options);
  }

  /**
   * Opens a file of the given kind and decodes its first frame.
   *
   * @throws VideoException naming what is wrong with the file
   */
  public static VideoReader open(Path file, MediaKind kind, DecodeOptions options)
      throws VideoException {
    FfmpegErrors.silence();
    FileCheck.check(file, options.limits());
    if (kind == MediaKind.VIDEO && options.hardware() == HardwareDecoder.NVDEC) {
      try {
        return open(file, kind, options, null, "");
      } catch (FastDecodeException e) {
        return open(file, kind, options.onCpu(), null, e.getMessage());
      }
    }
    return open(file, kind, options.onCpu(), null, "");
  }

  /**
   * Opens a video of which only some frames are wanted. Others may be skipped; those that are
   * returned have the indexes and times that they have among all.
   *
   * @throws FastDecodeException where the plan does not fit the video, as {@link #next} does
   */
  public static VideoReader open(Path file, DecodeOptions options, FrameSkipPlan plan)
      throws VideoException {
    FfmpegErrors.silence();
    FileCheck.check(file, options.limits());
    return open(file, MediaKind.VIDEO, options.onCpu(), plan, "");
  }

  /**
   * Opens the file.
   *
   * @param plan null to decode every frame
   * @param fallback why the CPU decodes and no GPU; empty without a reason
   */
  private static VideoReader open(
      Path file, MediaKind kind, DecodeOptions options, FrameSkipPlan plan, String fallback)
      throws VideoException {
    Demuxer demuxer = Demuxer.open(file, kind, options.limits());
    Decoder decoder = null;
    try {
      checkDuration(demuxer.durationUs(), options.limits());
      FrameRateLimit.checkClaim(demuxer.frameRate());
      decoder =
          options.hardware() == HardwareDecoder.NVDEC
              ? Decoder.openOnGpu(demuxer, kind, options)
              : Decoder.open(demuxer, kind, options, plan);
      return new VideoReader(options.limits(), demuxer, decoder, fallback);
    } catch (VideoException | RuntimeException e) {
      if (decoder != null) {
        decoder.close();
      }
      demuxer.close();
      throw e;
    }
  }

  /**
   * Why no video can be decoded by the hardware that the options name; empty where all is well.
   * Loads what such decoding needs.
   */
  public static Optional<String> problem(DecodeOptions options) {
    return switch (options.hardware()) {
      case NONE -> Optional.empty();
      case NVDEC -> Nvdec.problem();
    };
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
    OptionalLong planned = decoder.plannedUs(frames);
    lastPtsUs =
        planned.isPresent()
            ? planned.getAsLong()
            : clock.next(frame.best_effort_timestamp(), AV_NOPTS_VALUE);
    endUs = lastPtsUs + frameDurationUs();
    checkDuration(lastPtsUs, limits);
    FrameRateLimit.check(frames, lastPtsUs);
    if (frames >= limits.maxFrames()) {
      throw tooLong(limits);
    }
    current = new DecodedFrame(this, frames, lastPtsUs);
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

  /** Microseconds from the first frame to the end of the last one returned. */
  public long endUs() {
    return endUs;
  }

  /** Packets that could not be decoded so far. */
  public long skippedPackets() {
    return decoder.skippedPackets();
  }

  /** Whether the file broke off or could not be read in places; final after the last frame. */
  public boolean isTruncated() {
    return demuxer.isDamaged() || (frame == null && demuxer.endsEarly(endUs));
  }

  @Override
  public void close() {
    current = null;
    decoder.close();
    demuxer.close();
  }

  GrayImage luma(DecodedFrame decoded) throws VideoException {
    return orientation.apply(
        aspect.apply(converter.convert(decoder.toHostMemory(current(decoded)))));
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
      throw new VideoException(
          damaged ? FailureReason.CORRUPT : FailureReason.NO_FRAMES,
          damaged
              ? "not one frame can be decoded: the file is damaged, or its frames have more than "
                  + limits.maxPixels()
                  + " pixels; check that it plays, and upload it again"
              : "the video stream holds no frame; upload a video that plays");
    }
    LumaConverter.checkSupported(decoder.toHostMemory(opened));
    return opened;
  }

  private VideoProbe probe(AVFrame opened) throws VideoException {
    boolean swapped = orientation.transposed();
    return new VideoProbe(
        demuxer.format(),
        Decoder.codecName(demuxer),
        LumaConverter.pixelFormat(decoder.toHostMemory(opened)),
        swapped ? aspect.heightOf(opened.height()) : aspect.widthOf(opened.width()),
        swapped ? aspect.widthOf(opened.width()) : aspect.heightOf(opened.height()),
        demuxer.streams(),
        demuxer.durationUs(),
        orientation.degrees(),
        demuxer.frameRate());
  }

  private long frameDurationUs() {
    double tickUs = 1e6 * demuxer.timeBase().num() / Math.max(1, demuxer.timeBase().den());
    long own = Math.round(frame.duration() * tickUs);
    long duration = own > 0 && own < limits.maxDurationUs() ? own : clock.stepUs();
    return duration < limits.maxDurationUs()
        ? duration
        : 0; // the container's frame rate is wrong, too
  }

  private static void checkDuration(long us, DecodeLimits limits) throws VideoException {
    if (us > limits.maxDurationUs()) {
      throw tooLong(limits);
    }
  }

  private static VideoException tooLong(DecodeLimits limits) {
    return new VideoException(
        FailureReason.TOO_LONG,
        "the video is longer than the "
            + limits.maxDuration().toSeconds()
            + " seconds allowed; upload it in parts");
  }
}
