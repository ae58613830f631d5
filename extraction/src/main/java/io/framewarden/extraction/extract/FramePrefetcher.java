package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.Chroma;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.detect.RotatedFaceSearch;
import io.framewarden.extraction.face.track.LostFaceSearch;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.runtime.lifecycle.Threads;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Decodes ahead and detects faces in several frames at the same time: one thread decodes, one for
 * each detector searches, and the caller gets the frames in their order. Which thread is quicker
 * changes nothing but the time. Frames that are not yet released are bounded in number and in
 * pixels; the decoder waits when the bound is reached.
 *
 * <p>Owns the threads and ends them when it is closed; uses the video and the detectors, which
 * nobody else may touch until then. Used by one thread.
 */
final class FramePrefetcher implements AutoCloseable {
  private static final long POLL_INTERVAL_MILLIS = 50;
  private static final int FRAMES_AHEAD = 2;

  /** Stands behind the last frame in the queue. */
  private static final SampledFrame END =
      new SampledFrame(-1, -1, new GrayImage(1, 1, new byte[1]), null);

  private final SampledVideo video;
  private final DetectorPool detectors;
  private final RotatedFaceSearch rotatedSearch;
  private final StageTimer timer;
  private final boolean colour;
  private final FrameBudget budget;
  private final ExecutorService detection;
  private final BlockingQueue<SampledFrame> queue = new LinkedBlockingQueue<>();
  private final Thread decoder;
  private volatile Throwable failure;
  private volatile boolean closed;
  private long reportedFrames;
  private String reportedFallback = "";

  /**
   * Starts to decode.
   *
   * @param maxPixels of one frame
   * @param colour whether frames are needed in colour
   * @param timer counts decoding, converting and detecting; complete when the prefetcher is closed
   */
  FramePrefetcher(
      SampledVideo video,
      DetectorPool detectors,
      long maxPixels,
      boolean colour,
      StageTimer timer) {
    this.video = video;
    this.detectors = detectors;
    this.rotatedSearch = new RotatedFaceSearch(detectors);
    this.timer = timer;
    this.colour = colour;
    int every = detectors.every();
    // For each detector one frame that it searches and one that waits for it.
    this.budget =
        new FrameBudget((2 * detectors.size() + FRAMES_AHEAD) * every, (every + 1) * maxPixels);
    this.detection = Threads.daemonPool("face-detector", detectors.size());
    this.decoder = Threads.daemon("video-decoder", this::decode);
    decoder.start();
  }

  /**
   * The next frame, its detection ended; empty at the end. It counts against the budget until
   * {@link #release}.
   *
   * @param progress hears, now and then, how far decoding has come
   * @throws CancellationException when the thread is interrupted
   */
  Optional<SampledFrame> next(ExtractionProgress progress) throws VideoException {
    try {
      SampledFrame next = null;
      while (next == null) {
        next = queue.poll(POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        report(progress);
      }
      if (next == END) {
        throwFailure();
        return Optional.empty();
      }
      next.awaitDetection();
      return Optional.of(next);
    } catch (ExecutionException e) {
      throw Threads.unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the extraction was interrupted");
    }
  }

  /** Frees the room of a frame that is not needed any more. */
  void release(SampledFrame frame) {
    budget.release(frame.pixels());
  }

  /** Stops decoding and detecting, and waits until nobody uses the video or a detector. */
  @Override
  public void close() {
    closed = true;
    decoder.interrupt();
    detection.shutdownNow();
    // Native memory is in use until they are gone.
    Threads.awaitUninterruptibly(
        () -> {
          decoder.join();
          return detection.awaitTermination(1, TimeUnit.DAYS);
        });
  }

  private void report(ExtractionProgress progress) {
    SampledVideo.Position position = video.position();
    if (position.frames() > reportedFrames) {
      reportedFrames = position.frames();
      progress.onDecoded(reportedFrames, position.playedUs(), video.claimedDurationUs());
    }
    String fallback = video.fallback().orElse("");
    if (!fallback.equals(reportedFallback)) {
      reportedFallback = fallback;
      progress.onFallback(fallback);
    }
  }

  private void throwFailure() throws VideoException {
    if (failure instanceof VideoException broken) {
      throw broken;
    }
    if (failure != null) {
      throw Threads.unchecked(failure);
    }
  }

  /** Runs on the decoder's thread; the end is queued whatever happens. */
  private void decode() {
    try {
      decodeAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits for more
    } catch (VideoException | RuntimeException | Error e) {
      failure = e;
    } finally {
      queue.add(END);
    }
  }

  private void decodeAll() throws VideoException, InterruptedException {
    SampledFrame held = null;
    Optional<DecodedFrame> next = timer.time(ExtractionStage.DECODE, video::next);
    while (next.isPresent() && !closed) {
      if (held != null) {
        queue.add(held);
        held = null;
      }
      SampledFrame frame = convert(next.get());
      long ordinal = video.sampledFrames() - 1;
      if (ordinal % detectors.every() == 0) {
        detect(frame, ordinal / detectors.every() % LostFaceSearch.WHOLE_FRAME_EVERY == 0);
      } else {
        held = frame; // the last one is searched, or those before it could not be interpolated
      }
      next = timer.time(ExtractionStage.DECODE, video::next);
    }
    if (held != null) {
      detect(held, false);
    }
  }

  private SampledFrame convert(DecodedFrame decoded) throws VideoException, InterruptedException {
    long pixels = decoded.pixels();
    budget.acquire(pixels);
    GrayImage luma = timer.time(ExtractionStage.CONVERT, decoded::luma);
    Chroma chroma = colour ? timer.time(ExtractionStage.CONVERT, decoded::chroma) : null;
    SampledFrame frame = new SampledFrame(decoded.frameIndex(), decoded.ptsUs(), luma, chroma);
    budget.resize(pixels, frame.pixels());
    return frame;
  }

  private void detect(SampledFrame frame, boolean rotated) {
    frame.setDetection(
        detection.submit(
            () -> timer.time(ExtractionStage.DETECT, () -> faces(frame.luma(), rotated))));
    queue.add(frame);
  }

  private List<DetectedFace> faces(GrayImage luma, boolean rotated) {
    List<DetectedFace> upright = detectors.detect(luma);
    return upright.isEmpty() && rotated ? rotatedSearch.wholeFrame(luma) : upright;
  }
}
