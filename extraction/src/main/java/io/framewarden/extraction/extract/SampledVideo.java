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
 * The sampled frames of a video. Where a quicker way of decoding (a GPU, skipped frames) turns out
 * not to fit the video, the video is decoded in full from the beginning and the frames that were
 * already returned are dropped: the frames are the same. Owns the reader. One thread, except for
 * methods that say otherwise.
 */
final class SampledVideo implements AutoCloseable {
  /**
   * How far decoding has come.
   *
   * @param frames decoded so far, counted twice where decoding started over
   * @param ptsUs the last frame's time, in microseconds from the first one
   */
  record Position(long frames, long ptsUs) {}

  private static final Logger LOG = LoggerFactory.getLogger(SampledVideo.class);

  private final Path file;
  private final DecodeOptions options;
  private final SamplingPolicy policy;
  private final long claimedDurationUs;
  private VideoReader reader;
  private FrameSampler sampler;

  private long returned;
  private long sampledByReader;
  private long framesOfClosedReader;
  private volatile Position position = new Position(0, 0);

  /** Null while nothing has fallen back to the CPU. */
  private volatile String fallback;

  private SampledVideo(
      Path file, DecodeOptions options, SamplingPolicy policy, VideoReader reader) {
    this.file = file;
    this.options = options;
    this.policy = policy;
    this.reader = reader;
    this.claimedDurationUs = reader.probe().durationUs();
    this.sampler = policy.sampler(claimedDurationUs);
    this.fallback = reader.fallback().orElse(null);
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

  /** Which frames need no decoding, where few are sampled and the file says enough about them. */
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
      wanted.set(frame, sampler.accept(times.us(frame)));
    }
    return FrameSkipPlan.of(times, wanted);
  }

  /** The next sampled frame, on the reader's memory; empty at the end. */
  Optional<DecodedFrame> next() throws VideoException {
    while (true) {
      try {
        return nextSampled();
      } catch (FastDecodeException e) {
        startOver(e.getMessage());
      }
    }
  }

  private Optional<DecodedFrame> nextSampled() throws VideoException {
    Optional<DecodedFrame> next = reader.next();
    while (next.isPresent()) {
      long us = next.get().ptsUs();
      position =
          new Position(framesOfClosedReader + reader.frames(), Math.max(us, position.ptsUs()));
      if (sampler.accept(us) && sampledByReader++ == returned) {
        returned++;
        return next;
      }
      next = reader.next();
    }
    return next;
  }

  private void startOver(String reason) throws VideoException {
    framesOfClosedReader += reader.frames();
    if (reader.isOnGpu()) {
      fallback = reason;
    }
    reader.close();
    reader = VideoReader.open(file, options.onCpu());
    sampler = policy.sampler(reader.probe().durationUs());
    sampledByReader = 0;
  }

  /** Frames returned so far. */
  long sampledFrames() {
    return returned;
  }

  /** As the container claims, in microseconds; 0 where it does not say. For any thread. */
  long claimedDurationUs() {
    return claimedDurationUs;
  }

  /** How far decoding has come; for any thread. */
  Position position() {
    return position;
  }

  /** Why the CPU decodes and no GPU, as {@link VideoReader#fallback()}; for any thread. */
  Optional<String> fallback() {
    return Optional.ofNullable(fallback);
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
