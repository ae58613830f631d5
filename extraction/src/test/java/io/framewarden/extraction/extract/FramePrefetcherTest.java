package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.testkit.video.SyntheticVideo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FramePrefetcherTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final long PIXELS = WIDTH * HEIGHT;
  private static final SamplingPolicy TEN_A_SECOND = new SamplingPolicy(10, 0);

  @TempDir Path folder;

  private final AtomicInteger searched = new AtomicInteger();
  private final AtomicInteger reported = new AtomicInteger();
  private final ExtractionProgress progress =
      (frames, reachedUs, claimedUs) -> reported.set((int) frames);

  @Test
  void onlySampledFramesAreConverted() throws Exception {
    try (SampledVideo video = video(4)) {
      int seen = 0;
      try (FramePrefetcher prefetcher =
          new FramePrefetcher(video, counting(), PIXELS, false, new StageTimer())) {
        Optional<SampledFrame> next = prefetcher.next(progress);
        while (next.isPresent()) {
          assertEquals(seen * 5L, next.get().frameIndex());
          seen++;
          prefetcher.release(next.get());
          next = prefetcher.next(progress);
        }
      }
      assertEquals(40, seen);
      assertEquals(200, video.reader().frames());
      assertEquals(40, video.reader().conversions());
      // Every fourth is searched in five rotations too, since none shows a face.
      assertEquals(40 + 10 * 5, searched.get());
      assertEquals(200, reported.get());
    }
  }

  @Test
  void theDecoderWaitsUntilFramesAreReleased() throws Exception {
    try (SampledVideo video = video(4);
        FramePrefetcher prefetcher =
            new FramePrefetcher(video, counting(), PIXELS, false, new StageTimer())) {
      SampledFrame first = prefetcher.next(progress).orElseThrow();
      awaitWaiting("video-decoder");
      // The budget is two of the largest frames; a third one waits for it without being converted.
      assertEquals(2, video.reader().conversions());
      prefetcher.release(first);
      assertEquals(5, prefetcher.next(progress).orElseThrow().frameIndex());
    }
    assertNoThreads();
  }

  @Test
  void whatADetectorThrowsReachesTheCallerAtItsFrame() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    DetectorPool detectors =
        DetectorPool.of(
            new CountingDetector() {
              @Override
              public List<DetectedFace> detect(GrayImage frame) {
                // The first frame takes six searches, for rotated faces too, the second one.
                if (searched.incrementAndGet() == 8) {
                  throw broken;
                }
                return List.of();
              }
            });
    try (SampledVideo video = video(1);
        FramePrefetcher prefetcher =
            new FramePrefetcher(video, detectors, PIXELS, false, new StageTimer())) {
      prefetcher.release(prefetcher.next(progress).orElseThrow());
      prefetcher.release(prefetcher.next(progress).orElseThrow());
      assertEquals(
          broken, assertThrows(IllegalStateException.class, () -> prefetcher.next(progress)));
    }
    assertNoThreads();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    try (SampledVideo video = video(1)) {
      FramePrefetcher prefetcher =
          new FramePrefetcher(video, counting(), PIXELS, false, new StageTimer());
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> prefetcher.next(progress));
      prefetcher.close();
      assertTrue(Thread.interrupted(), "the interrupt is kept");
    }
    assertNoThreads();
  }

  private SampledVideo video(double seconds) throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("r.mp4"), WIDTH, HEIGHT, 50, seconds);
    return SampledVideo.open(
        file, VideoReader.DEFAULT_STREAM, DecodeOptions.defaults(), TEN_A_SECOND);
  }

  private DetectorPool counting() {
    return DetectorPool.of(new CountingDetector());
  }

  private static void awaitWaiting(String name) {
    while (threads(name).stream().noneMatch(thread -> thread.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  private static void assertNoThreads() {
    assertEquals(List.of(), threads("video-decoder"));
    assertEquals(List.of(), threads("face-detector"));
  }

  private static List<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .toList();
  }

  private class CountingDetector implements FaceDetector {
    @Override
    public List<DetectedFace> detect(GrayImage frame) {
      searched.incrementAndGet();
      return List.of();
    }

    @Override
    public String recipe() {
      return "none";
    }

    @Override
    public void close() {
      assertFalse(searched.get() < 0);
    }
  }
}
