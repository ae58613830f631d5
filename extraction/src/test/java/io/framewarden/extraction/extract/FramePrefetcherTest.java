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
  private final AtomicInteger told = new AtomicInteger();
  private final ExtractionProgress progress =
      (frames, reachedUs, claimedUs) -> told.set((int) frames);

  @Test
  void onlyFramesThatAreLookedAtAreConverted() throws Exception {
    try (SampledVideo video = video(4)) {
      int seen = 0;
      try (FramePrefetcher feed =
          new FramePrefetcher(video, counting(), PIXELS, new StageTimer())) {
        Optional<SearchedFrame> next = feed.next(progress);
        while (next.isPresent()) {
          assertEquals(seen * 5L, next.get().frame().frameIndex());
          seen++;
          feed.done(next.get().frame());
          next = feed.next(progress);
        }
      }
      assertEquals(40, seen);
      assertEquals(200, video.reader().frames());
      assertEquals(40, video.reader().conversions());
      assertEquals(40, searched.get());
      assertEquals(200, told.get());
    }
  }

  @Test
  void theDecoderWaitsForThoseWhoLookAtTheFrames() throws Exception {
    try (SampledVideo video = video(4);
        FramePrefetcher feed = new FramePrefetcher(video, counting(), PIXELS, new StageTimer())) {
      SearchedFrame first = feed.next(progress).orElseThrow();
      awaitWaiting("video-decoder");
      // Room for two of the largest frames, and one that waits for it without being converted.
      assertEquals(2, video.reader().conversions());
      feed.done(first.frame());
      assertEquals(5, feed.next(progress).orElseThrow().frame().frameIndex());
    }
    assertNoThreads();
  }

  @Test
  void whatADetectorThrowsReachesTheCallerInItsPlace() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    DetectorPool crew =
        DetectorPool.of(
            new Found() {
              @Override
              public List<DetectedFace> detect(GrayImage frame) {
                if (searched.incrementAndGet() == 3) {
                  throw broken;
                }
                return List.of();
              }
            });
    try (SampledVideo video = video(1);
        FramePrefetcher feed = new FramePrefetcher(video, crew, PIXELS, new StageTimer())) {
      feed.done(feed.next(progress).orElseThrow().frame());
      feed.done(feed.next(progress).orElseThrow().frame());
      assertEquals(broken, assertThrows(IllegalStateException.class, () -> feed.next(progress)));
    }
    assertNoThreads();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    try (SampledVideo video = video(1)) {
      FramePrefetcher feed = new FramePrefetcher(video, counting(), PIXELS, new StageTimer());
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> feed.next(progress));
      feed.close();
      assertTrue(Thread.interrupted(), "the interrupt is kept");
    }
    assertNoThreads();
  }

  private SampledVideo video(double seconds) throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("r.mp4"), WIDTH, HEIGHT, 50, seconds);
    return SampledVideo.open(file, DecodeOptions.defaults(), TEN_A_SECOND);
  }

  private DetectorPool counting() {
    return DetectorPool.of(new Found());
  }

  private static void awaitWaiting(String name) {
    while (threads(name).stream().noneMatch(thread -> thread.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  private static void assertNoThreads() {
    assertEquals(List.of(), threads("video-decoder"));
    assertEquals(List.of(), threads("face-search"));
  }

  private static List<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .toList();
  }

  private class Found implements FaceDetector {
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
