package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.VideoException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Decodes ahead and searches several frames at the same time: one thread decodes, one a detector
 * searches, and the caller gets the frames in their order. Which thread is quicker changes nothing
 * but the time. Frames that are neither searched nor done with are bounded in number and in pixels;
 * the decoder waits for the rest.
 *
 * <p>Owns the threads and ends them when it is closed; uses the video and the detectors, which
 * nobody else may touch until then. Used by one thread.
 */
final class FramePrefetcher implements AutoCloseable {
  private static final long GLANCE_MILLIS = 50;
  private static final int FRAMES_AHEAD = 2;

  /** A frame and its search, which may go on yet; no search where it is not its turn. */
  private record Pending(SampledFrame frame, Optional<Future<List<DetectedFace>>> search) {}

  private final SampledVideo video;
  private final long claimedUs;
  private final int every;
  private final StageTimer timer;
  private final FrameBudget room;
  private final BlockingQueue<FaceDetector> idle;
  private final ExecutorService searchers;
  private final BlockingQueue<Optional<Pending>> pending = new LinkedBlockingQueue<>();
  private final Thread decoder;
  private volatile Throwable failure;
  private volatile boolean closed;
  private long told;
  private Optional<String> toldFallback = Optional.empty();

  /**
   * Begins to decode.
   *
   * @param mostPixels of one frame
   * @param timer told of decoding, converting and searching; complete when the feed is closed
   */
  FramePrefetcher(SampledVideo video, DetectorPool crew, long mostPixels, StageTimer timer) {
    this.video = video;
    this.timer = timer;
    this.claimedUs = video.reader().probe().durationUs();
    this.every = crew.every();
    int detectors = crew.detectors().size();
    // For each detector one that is searched and one that waits for it.
    this.room = new FrameBudget((2 * detectors + FRAMES_AHEAD) * every, (every + 1) * mostPixels);
    this.idle = new ArrayBlockingQueue<>(detectors, false, crew.detectors());
    this.searchers = Executors.newFixedThreadPool(detectors, work -> thread(work, "face-search"));
    this.decoder = thread(this::decode, "video-decoder");
    decoder.start();
  }

  private static Thread thread(Runnable work, String name) {
    Thread made = new Thread(work, name);
    made.setDaemon(true);
    return made;
  }

  /**
   * The next frame; empty at the end. {@link #done} gives its memory back.
   *
   * @param progress is told, now and then, how far decoding has come
   * @throws CancellationException when the thread is interrupted
   */
  Optional<SearchedFrame> next(ExtractionProgress progress) throws VideoException {
    try {
      Optional<Pending> next = pending.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      tell(progress);
      while (next == null) {
        next = pending.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        tell(progress);
      }
      if (next.isEmpty()) {
        failIfFailed();
        return Optional.empty();
      }
      return Optional.of(searched(next.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the extraction was told to stop");
    }
  }

  /** A frame is not needed any more. */
  void done(SampledFrame frame) {
    room.giveBack(frame.pixels());
  }

  /** Stops decoding and searching, and waits until nobody uses the video or a detector. */
  @Override
  public void close() {
    closed = true;
    decoder.interrupt();
    searchers.shutdownNow();
    boolean interrupted = false;
    while (decoder.isAlive() || !searchers.isTerminated()) {
      try {
        decoder.join();
        searchers.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true; // native memory is in use until they are gone
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(ExtractionProgress progress) {
    SampledVideo.Reached reached = video.reached();
    if (reached.frames() > told) {
      told = reached.frames();
      progress.at(told, reached.us(), claimedUs);
    }
    Optional<String> fallback = video.fallback();
    if (fallback.isPresent() && !fallback.equals(toldFallback)) {
      toldFallback = fallback;
      progress.fellBack(fallback.get());
    }
  }

  private SearchedFrame searched(Pending next) throws InterruptedException {
    if (next.search().isEmpty()) {
      return new SearchedFrame(next.frame(), Optional.empty());
    }
    try {
      return new SearchedFrame(next.frame(), Optional.of(next.search().get().get()));
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private void failIfFailed() throws VideoException {
    if (failure instanceof VideoException broken) {
      throw broken;
    }
    if (failure != null) {
      throw unchecked(failure);
    }
  }

  /** What happened on another thread, as if it had happened here. */
  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException own ? own : new IllegalStateException(cause);
  }

  /** On the decoder's thread; the end of the frames is told whatever happens. */
  private void decode() {
    try {
      decodeAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits for more
    } catch (VideoException | RuntimeException | Error e) {
      failure = e;
    } finally {
      pending.add(Optional.empty());
    }
  }

  private void decodeAll() throws VideoException, InterruptedException {
    SampledFrame held = null;
    Optional<DecodedFrame> next = timer.time(ExtractionStage.DECODE, video::next);
    while (next.isPresent() && !closed) {
      if (held != null) {
        pending.add(Optional.of(new Pending(held, Optional.empty())));
        held = null;
      }
      long decoded = next.get().pixels();
      room.take(decoded);
      GrayImage luma = timer.time(ExtractionStage.CONVERT, next.get()::luma);
      SampledFrame frame = new SampledFrame(next.get().frameIndex(), next.get().ptsUs(), luma);
      room.resize(decoded, frame.pixels());
      if ((video.sampled() - 1) % every == 0) {
        search(frame);
      } else {
        held = frame; // the last one is searched, or nobody would know what is in those before
      }
      next = timer.time(ExtractionStage.DECODE, video::next);
    }
    if (held != null) {
      search(held);
    }
  }

  private void search(SampledFrame frame) {
    Future<List<DetectedFace>> search =
        searchers.submit(
            () -> {
              FaceDetector detector = idle.take();
              try {
                return timer.time(ExtractionStage.DETECT, () -> detector.detect(frame.luma()));
              } finally {
                idle.add(detector);
              }
            });
    pending.add(Optional.of(new Pending(frame, Optional.of(search))));
  }
}
