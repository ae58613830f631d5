package io.framewarden.extraction.extract;

import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.FastDecodeException;
import io.framewarden.extraction.ffmpeg.FrameSkipPlan;
import io.framewarden.extraction.ffmpeg.FrameTimestamps;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.extraction.ffmpeg.MediaKind;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.v1.VideoStream;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sampled frames of one stream of a video. Where a quicker way of decoding (a GPU, skipped
 * frames) turns out not to fit the video, the video is decoded in full from the beginning and the
 * frames that were already returned are dropped: the frames are the same. Owns the reader. One
 * thread, except for methods that say otherwise.
 */
final class SampledVideo implements AutoCloseable {
  /**
   * How far decoding has come.
   *
   * @param frames decoded so far, counted twice where decoding started over
   * @param playedUs how long the frames so far are played, in microseconds
   */
  record Position(long frames, long playedUs) {}

  private static final Logger LOG = LoggerFactory.getLogger(SampledVideo.class);

  private final Path file;
  private final int stream;
  private final DecodeOptions options;
  private final SamplingPolicy policy;
  private final long claimedDurationUs;
  private VideoReader reader;
  private FrameSampler sampler;
  private SampledTime sampledTime;

  private long returned;
  private long sampledByReader;
  private long framesOfClosedReader;
  private volatile Position position = new Position(0, 0);

  /** Null while nothing has fallen back to the CPU. */
  private volatile String fallback;

  private SampledVideo(
      Path file, int stream, DecodeOptions options, SamplingPolicy policy, VideoReader reader) {
    this.file = file;
    this.stream = stream;
    this.options = options;
    this.policy = policy;
    this.reader = reader;
    this.claimedDurationUs = reader.probe().durationUs();
    this.sampler = policy.sampler(claimedDurationUs);
    this.sampledTime = new SampledTime(policy);
    this.fallback = reader.fallback().orElse(null);
  }

  /**
   * Opens a stream of a video.
   *
   * @param stream its index, or {@link VideoReader#DEFAULT_STREAM}
   */
  static SampledVideo open(Path file, int stream, DecodeOptions options, SamplingPolicy policy)
      throws VideoException {
    Optional<FrameSkipPlan> plan = plan(file, stream, options, policy);
    if (plan.isPresent()) {
      try {
        VideoReader reader = VideoReader.open(file, stream, options, plan.get());
        return new SampledVideo(file, stream, options, policy, reader);
      } catch (FastDecodeException e) {
        LOG.debug("{}: {}", file, e.getMessage());
      }
    }
    VideoReader reader = VideoReader.open(file, MediaKind.VIDEO, stream, options);
    return new SampledVideo(file, stream, options, policy, reader);
  }

  /** Which frames need no decoding, where few are sampled and the file says enough about them. */
  private static Optional<FrameSkipPlan> plan(
      Path file, int stream, DecodeOptions options, SamplingPolicy policy) throws VideoException {
    if (policy.isAll() || options.hardware() != HardwareDecoder.NONE) {
      return Optional.empty();
    }
    Optional<FrameTimestamps> read = FrameTimestamps.of(file, stream, options.limits());
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
      long played = Math.max(reader.playedUs(), position.playedUs());
      position = new Position(framesOfClosedReader + reader.frames(), played);
      boolean accepted = sampler.accept(us);
      sampledTime.add(us, accepted);
      if (accepted && sampledByReader++ == returned) {
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
    VideoReader plain = VideoReader.open(file, MediaKind.VIDEO, stream, options.onCpu());
    reader.close();
    reader = plain;
    sampler = policy.sampler(reader.probe().durationUs());
    sampledTime = new SampledTime(policy);
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

  /** What became of the stream, what was sampled of it included; final after the last frame. */
  VideoStream report() throws VideoException {
    return reader
        .report()
        .setSampledFrames(returned)
        .setStartUs(sampledTime.startUs())
        .setUnsampledUs(sampledTime.unsampledUs())
        .build();
  }

  @Override
  public void close() {
    reader.close();
  }
}
