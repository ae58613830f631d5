package io.framewarden.extraction.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.v1.FailureReason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;

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
  private boolean firstWaits = true;
  private long given;
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
    this.frame = first();
    this.orientation = orientationOf(frame);
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

  /** As {@link #open(Path, DecodeOptions)}, for the given kind of file. */
  public static VideoReader open(Path file, MediaKind kind, DecodeOptions options)
      throws VideoException {
    FfmpegErrors.silence();
    FileCheck.check(file, options.limits());
    if (kind == MediaKind.VIDEO && options.hardware() == HardwareDecoder.NVDEC) {
      try {
        return open(file, kind, options, Optional.empty(), "");
      } catch (FastDecodeException e) {
        return open(file, kind, options.plain(), Optional.empty(), e.getMessage());
      }
    }
    return open(file, kind, options.plain(), Optional.empty(), "");
  }

  /**
   * Opens a video of which only some frames are wanted. Others may be left out; those that come
   * have the indexes and times that they would have among all.
   *
   * @throws FastDecodeException as every reading of it, where the plan does not do for the video
   */
  public static VideoReader open(Path file, DecodeOptions options, FrameSkipPlan plan)
      throws VideoException {
    FfmpegErrors.silence();
    FileCheck.check(file, options.limits());
    return open(file, MediaKind.VIDEO, options.plain(), Optional.of(plan), "");
  }

  private static VideoReader open(
      Path file,
      MediaKind kind,
      DecodeOptions options,
      Optional<FrameSkipPlan> plan,
      String fallback)
      throws VideoException {
    Demuxer demuxer = Demuxer.open(file, kind, options.limits());
    Decoder decoder = null;
    try {
      checkDuration(demuxer.durationUs(), options.limits());
      FrameRateLimit.checkClaim(demuxer.frameRate());
      decoder =
          options.hardware() == HardwareDecoder.NVDEC
              ? Decoder.onGpu(demuxer, kind, options)
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
   * Why no video can be decoded as the options ask; empty where all is well. Loads what such
   * decoding needs.
   */
  public static Optional<String> problem(DecodeOptions options) {
    return switch (options.hardware()) {
      case NONE -> Optional.empty();
      case NVDEC -> Nvdec.problem();
    };
  }

  /** Whether a GPU decodes. */
  public boolean isOnGpu() {
    return decoder.isOnGpu();
  }

  /** Why processors decode this video and no GPU; empty where none was to, or one does. */
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
    if (!firstWaits) {
      frame = decoder.next();
    }
    firstWaits = false;
    if (frame == null) {
      return Optional.empty();
    }
    frames = decoder.index(frame, frames);
    OptionalLong planned = decoder.plannedUs(frames);
    lastPtsUs =
        planned.isPresent()
            ? planned.getAsLong()
            : clock.next(frame.best_effort_timestamp(), AV_NOPTS_VALUE);
    endUs = lastPtsUs + lastingUs();
    checkDuration(lastPtsUs, limits);
    FrameRateLimit.check(frames, lastPtsUs);
    if (frames >= limits.maxFrames()) {
      throw tooLong(limits);
    }
    current = new DecodedFrame(this, frames, lastPtsUs);
    frames++;
    given++;
    return Optional.of(current);
  }

  /** Frames so far, those included that were left out before one that was handed out. */
  public long frames() {
    return frames;
  }

  /** Frames that were left out so far, since nobody wanted nor needed them. */
  public long leftOut() {
    return frames - given;
  }

  /** Frames converted to luma so far; the others were never touched but by the decoder. */
  public long conversions() {
    return converter.conversions();
  }

  /** Microseconds from the first frame to the end of the last one handed out. */
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
    return orientation.apply(aspect.apply(converter.convert(decoder.inMemory(standing(decoded)))));
  }

  long pixels(DecodedFrame decoded) {
    return (long) standing(decoded).width() * frame.height();
  }

  private AVFrame standing(DecodedFrame decoded) {
    if (decoded != current) {
      throw new IllegalStateException("the reader has moved on from this frame");
    }
    return frame;
  }

  private AVFrame first() throws VideoException {
    AVFrame opened = decoder.next();
    if (opened == null && decoder.isOnGpu()) {
      throw new FastDecodeException("the GPU decodes no frame of it");
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
    LumaConverter.supported(decoder.inMemory(opened));
    return opened;
  }

  /** A photograph's own orientation stands on its frame, a video's on its stream. */
  private Orientation orientationOf(AVFrame opened) {
    AVFrameSideData side = av_frame_get_side_data(opened, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side == null || side.size() < Orientation.MATRIX_LENGTH * Integer.BYTES) {
      return demuxer.orientation();
    }
    int[] matrix = new int[Orientation.MATRIX_LENGTH];
    new IntPointer(side.data()).get(matrix);
    return Orientation.of(matrix);
  }

  private VideoProbe probe(AVFrame opened) throws VideoException {
    boolean swapped = orientation.transposed();
    return new VideoProbe(
        demuxer.format(),
        Decoder.codecName(demuxer),
        LumaConverter.pixelFormat(decoder.inMemory(opened)),
        swapped ? aspect.heightOf(opened.height()) : aspect.widthOf(opened.width()),
        swapped ? aspect.widthOf(opened.width()) : aspect.heightOf(opened.height()),
        demuxer.streams(),
        demuxer.durationUs(),
        orientation.degrees(),
        demuxer.frameRate());
  }

  private long lastingUs() {
    double tickUs = 1e6 * demuxer.timeBase().num() / Math.max(1, demuxer.timeBase().den());
    long own = Math.round(frame.duration() * tickUs);
    long lasting = own > 0 && own < limits.maxDurationUs() ? own : clock.stepUs();
    return lasting < limits.maxDurationUs() ? lasting : 0; // the container's rate is a lie, too
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
