package io.framewarden.ingest.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.framewarden.ingest.face.GrayImage;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;

/**
 * Reads a local video file picture by picture, from the first to the last, without seeking. Only
 * the file itself is ever opened, whatever it says. Packets that cannot be decoded are skipped and
 * counted. Pictures come upright and in square pixels.
 *
 * <p>Owns native memory until closed. One thread.
 */
public final class VideoReader implements AutoCloseable {
  /** Names the conversion to luma in the extraction recipe; changes whenever its bytes would. */
  public static final String LUMA_CONVERSION = "luma-plane-full-range-square-2";

  private final DecodeLimits limits;
  private final Demuxer demuxer;
  private final Decoder decoder;
  private final LumaConverter converter = new LumaConverter();
  private final PictureClock clock;
  private final Orientation orientation;
  private final PixelAspect aspect;
  private final VideoProbe probe;
  private AVFrame frame;
  private DecodedPicture current;
  private boolean firstWaits = true;
  private long pictures;
  private long lastPtsUs;
  private long endUs;

  private VideoReader(DecodeLimits limits, Demuxer demuxer, Decoder decoder) throws VideoException {
    this.limits = limits;
    this.demuxer = demuxer;
    this.decoder = decoder;
    double tick = (double) demuxer.timeBase().num() / Math.max(1, demuxer.timeBase().den());
    this.clock = new PictureClock(tick, demuxer.frameRate());
    this.frame = first();
    this.orientation = orientationOf(frame);
    this.aspect = demuxer.pixelAspect(frame);
    this.probe = probe(frame);
  }

  /** Loads FFmpeg's libraries, so that opening a file needs nothing but the file. */
  public static void load() {
    NativeErrors.load();
  }

  /**
   * Opens a video and decodes its first picture.
   *
   * @throws VideoException naming what is wrong with the file
   */
  public static VideoReader open(Path file, DecodeOptions options) throws VideoException {
    return open(file, MediaKind.VIDEO, options);
  }

  /** As {@link #open(Path, DecodeOptions)}, for the given kind of file. */
  public static VideoReader open(Path file, MediaKind kind, DecodeOptions options)
      throws VideoException {
    NativeErrors.silence();
    checkFile(file, options.limits());
    Demuxer demuxer = Demuxer.open(file, kind, options.limits());
    Decoder decoder = null;
    try {
      checkDuration(demuxer.durationUs(), options.limits());
      decoder = Decoder.open(demuxer, kind, options);
      return new VideoReader(options.limits(), demuxer, decoder);
    } catch (VideoException | RuntimeException e) {
      if (decoder != null) {
        decoder.close();
      }
      demuxer.close();
      throw e;
    }
  }

  /** What the file says it is. */
  public VideoProbe probe() {
    return probe;
  }

  /**
   * The next picture, or empty at the end.
   *
   * @throws VideoException TOO_LONG or TOO_MANY_PIXELS when the stream goes beyond what its header
   *     said
   */
  public Optional<DecodedPicture> next() throws VideoException {
    current = null;
    if (!firstWaits) {
      frame = decoder.next();
    }
    firstWaits = false;
    if (frame == null) {
      return Optional.empty();
    }
    lastPtsUs = clock.next(frame.best_effort_timestamp(), AV_NOPTS_VALUE);
    endUs = lastPtsUs + lastingUs();
    checkDuration(lastPtsUs, limits);
    if (pictures >= limits.maxPictures()) {
      throw tooLong(limits);
    }
    current = new DecodedPicture(this, pictures, lastPtsUs);
    pictures++;
    return Optional.of(current);
  }

  /** Pictures handed out so far. */
  public long pictures() {
    return pictures;
  }

  /** Microseconds from the first picture to the end of the last one handed out. */
  public long endUs() {
    return endUs;
  }

  /** Packets that could not be decoded so far. */
  public long skippedPackets() {
    return decoder.skippedPackets();
  }

  /** Whether the file broke off or could not be read in places; final after the last picture. */
  public boolean isTruncated() {
    return demuxer.isDamaged() || (frame == null && demuxer.endsEarly(endUs));
  }

  @Override
  public void close() {
    current = null;
    decoder.close();
    demuxer.close();
  }

  GrayImage luma(DecodedPicture picture) throws VideoException {
    if (picture != current) {
      throw new IllegalStateException("the reader has moved on from this picture");
    }
    return orientation.apply(aspect.apply(converter.convert(frame)));
  }

  private AVFrame first() throws VideoException {
    AVFrame opened = decoder.next();
    if (opened == null) {
      boolean damaged = demuxer.isDamaged() || decoder.skippedPackets() > 0;
      throw new VideoException(
          damaged ? FailureReason.CORRUPT : FailureReason.NO_FRAMES,
          damaged
              ? "not one picture can be decoded: the file is damaged, or its pictures have more than "
                  + limits.maxPixels()
                  + " pixels; check that it plays, and upload it again"
              : "the video stream holds no picture; upload a video that plays");
    }
    LumaConverter.supported(opened);
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

  private VideoProbe probe(AVFrame opened) {
    boolean swapped = orientation.transposed();
    return new VideoProbe(
        demuxer.format(),
        Decoder.codecName(demuxer),
        LumaConverter.pixelFormat(opened),
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
    return own > 0 && own < limits.maxDurationUs() ? own : clock.stepUs();
  }

  private static void checkFile(Path file, DecodeLimits limits) throws VideoException {
    try {
      long bytes = Files.size(file);
      if (bytes == 0) {
        throw new VideoException(FailureReason.EMPTY_INPUT, "the file is empty; upload it again");
      }
      if (bytes > limits.maxBytes()) {
        throw new VideoException(
            FailureReason.TOO_LARGE,
            "the file has "
                + bytes
                + " bytes, more than the "
                + limits.maxBytes()
                + " allowed; upload a smaller version");
      }
    } catch (IOException e) {
      throw new VideoException(
          FailureReason.SOURCE_MISSING,
          "the file " + file.getFileName() + " cannot be read; check that it is there");
    }
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
