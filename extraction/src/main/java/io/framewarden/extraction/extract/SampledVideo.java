package io.framewarden.extraction.extract;

import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.FastDecodeException;
import io.framewarden.extraction.ffmpeg.FrameSkipPlan;
import io.framewarden.extraction.ffmpeg.FrameTimestamps;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of a video that a policy takes. Where a quicker way of decoding does not do for the
 * video after all, it is decoded plainly from the beginning, and what was handed out before is
 * passed over: the frames are the same. Owns the reader. One thread, but for what is said to be for
 * any.
 */
final class SampledVideo implements AutoCloseable {
  /**
   * How far decoding has come.
   *
   * @param frames decoded so far, twice where the video was begun again
   * @param us the last one's time
   */
  record Reached(long frames, long us) {}

  private static final Logger LOG = LoggerFactory.getLogger(SampledVideo.class);

  private final Path file;
  private final DecodeOptions options;
  private final SamplingPolicy policy;
  private VideoReader reader;
  private FrameSampler sampler;
  private long sampled;
  private long passed;
  private long before;
  private volatile Reached reached = new Reached(0, 0);
  private volatile Optional<String> fallback;

  private SampledVideo(
      Path file, DecodeOptions options, SamplingPolicy policy, VideoReader reader) {
    this.file = file;
    this.options = options;
    this.policy = policy;
    this.reader = reader;
    this.sampler = policy.sampler(reader.probe().durationUs());
    this.fallback = reader.fallback();
  }

  /** Opens a video. */
  static SampledVideo open(Path file, DecodeOptions options, SamplingPolicy policy)
      throws VideoException {
    Optional<FrameSkipPlan> plan = plan(file, options, policy);
    if (plan.isPresent()) {
      try {
        VideoReader reader = VideoReader.open(file, options, plan.get());
        return new SampledVideo(file, options, policy, reader);
      } catch (FastDecodeException e) {
        LOG.debug("{}: {}", file, e.getMessage());
      }
    }
    return new SampledVideo(file, options, policy, VideoReader.open(file, options));
  }

  /** What need not be decoded, where frames are few and the file says enough about them. */
  private static Optional<FrameSkipPlan> plan(
      Path file, DecodeOptions options, SamplingPolicy policy) throws VideoException {
    if (policy.isAll() || options.hardware() != HardwareDecoder.NONE) {
      return Optional.empty();
    }
    Optional<FrameTimestamps> read = FrameTimestamps.of(file, options.limits());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    FrameTimestamps times = read.get();
    FrameSampler sampler = policy.sampler(times.durationUs());
    BitSet wanted = new BitSet();
    for (int frame = 0; frame < times.count(); frame++) {
      wanted.set(frame, sampler.takes(times.us(frame)));
    }
    return FrameSkipPlan.of(times, wanted);
  }

  /** The next frame to look at, on the reader's memory; empty at the end. */
  Optional<DecodedFrame> next() throws VideoException {
    while (true) {
      try {
        return taken();
      } catch (FastDecodeException e) {
        again(e.getMessage());
      }
    }
  }

  private Optional<DecodedFrame> taken() throws VideoException {
    Optional<DecodedFrame> next = reader.next();
    while (next.isPresent()) {
      long us = next.get().ptsUs();
      reached = new Reached(before + reader.frames(), Math.max(us, reached.us()));
      if (sampler.takes(us) && passed++ == sampled) {
        sampled++;
        return next;
      }
      next = reader.next();
    }
    return next;
  }

  private void again(String why) throws VideoException {
    before += reader.frames();
    if (reader.isOnGpu()) {
      fallback = Optional.of(why);
    }
    reader.close();
    reader = VideoReader.open(file, options.plain());
    sampler = policy.sampler(reader.probe().durationUs());
    passed = 0;
  }

  /** Frames handed out so far. */
  long sampled() {
    return sampled;
  }

  /** For any thread. */
  Reached reached() {
    return reached;
  }

  /** Why processors decode it and no GPU, as {@link VideoReader#fallback()}; for any thread. */
  Optional<String> fallback() {
    return fallback;
  }

  /** What is known of the video; final after the last frame. */
  VideoReader reader() {
    return reader;
  }

  @Override
  public void close() {
    reader.close();
  }
}
