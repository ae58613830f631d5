package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The times that an extraction reports for its stages. */
@Timeout(120)
@Tag("slow")
final class StageTimesTest {
  private static final Set<ExtractionStage> OF_A_FILE =
      EnumSet.range(ExtractionStage.PROBE, ExtractionStage.ALIGN);

  @TempDir Path folder;

  @Test
  void aVideoWithAFaceGoesThroughEveryStageWithinItsTime() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("f.mp4"), 320, 240, 10, 1);
    long start = System.nanoTime();
    ExtractionResult result = extract(file);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(10, result.faceFrames());
    assertEquals(OF_A_FILE, result.times().spent().keySet());
    for (ExtractionStage stage : OF_A_FILE) {
      Duration time = result.times().of(stage);
      assertTrue(time.compareTo(Duration.ZERO) > 0, stage + " " + time);
      int threads = stage == ExtractionStage.DETECT ? 2 : 1;
      assertTrue(time.compareTo(elapsed.multipliedBy(threads)) <= 0, stage + " " + time);
    }
  }

  @Test
  void whereThereIsNoFaceNoneIsAligned() throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 320, 240, 10, 1);
    assertEquals(
        EnumSet.range(ExtractionStage.PROBE, ExtractionStage.TRACK),
        extract(file).times().spent().keySet());
  }

  @Test
  void aFailureReportsTheTimeUntilThen() throws Exception {
    ExtractionResult refused = extract(Files.writeString(folder.resolve("t.mp4"), "no video"));
    assertEquals(FailureReason.NOT_A_VIDEO, refused.failure());
    assertEquals(Set.of(ExtractionStage.PROBE), refused.times().spent().keySet());

    // The container has no duration: only its frames show that it is too long.
    Path file = SyntheticVideo.drawnFace(folder.resolve("long.mkv"), 320, 240, 10, 4);
    hideDuration(file);
    DecodeLimits usual = DecodeLimits.defaults();
    ExtractionResult broken =
        extract(
            file,
            new DecodeOptions(
                new DecodeLimits(
                    usual.maxBytes(), usual.maxPixels(), usual.maxStreams(), Duration.ofSeconds(2)),
                1,
                HardwareDecoder.NONE));
    assertEquals(FailureReason.TOO_LONG, broken.failure());
    assertEquals(OF_A_FILE, broken.times().spent().keySet());
  }

  @Test
  void timesOfThreadsInAStageAddUp() throws Exception {
    StageTimer timer = new StageTimer();
    CyclicBarrier together = new CyclicBarrier(3);
    LongAdder inside = new LongAdder();
    Callable<Integer> work =
        () -> {
          together.await();
          long start = System.nanoTime();
          together.await();
          inside.add(System.nanoTime() - start);
          return together.await();
        };
    Callable<Integer> timed = () -> timer.time(ExtractionStage.DETECT, work::call);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (Future<Integer> done : threads.invokeAll(Collections.nCopies(3, timed))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Duration counted = timer.times().of(ExtractionStage.DETECT);
    assertTrue(counted.toNanos() >= inside.sum(), counted + " for " + inside);
    assertEquals(Set.of(ExtractionStage.DETECT), timer.times().spent().keySet());
  }

  @Test
  void workThatFailsCountsToo() {
    StageTimer timer = new StageTimer();
    assertThrows(
        IOException.class,
        () ->
            timer.time(
                ExtractionStage.FETCH,
                () -> {
                  throw new IOException("broken");
                }));
    assertTrue(timer.times().of(ExtractionStage.FETCH).compareTo(Duration.ZERO) > 0);
  }

  @Test
  void timesOfTwoExtractionsAddUpStageByStage() {
    StageTimes first =
        new StageTimes(
            Map.of(
                ExtractionStage.PROBE, Duration.ofMillis(3),
                ExtractionStage.DECODE, Duration.ofMillis(5)));
    StageTimes second =
        new StageTimes(
            Map.of(
                ExtractionStage.DECODE, Duration.ofMillis(7),
                ExtractionStage.ALIGN, Duration.ofMillis(2)));
    assertEquals(
        Map.of(
            ExtractionStage.PROBE, Duration.ofMillis(3),
            ExtractionStage.DECODE, Duration.ofMillis(12),
            ExtractionStage.ALIGN, Duration.ofMillis(2)),
        first.plus(second).spent());
    assertEquals(Duration.ZERO, StageTimes.NONE.of(ExtractionStage.DECODE));
  }

  private static ExtractionResult extract(Path file) {
    return extract(file, DecodeOptions.defaults());
  }

  /** With several detectors. */
  private static ExtractionResult extract(Path file, DecodeOptions decoding) {
    try (DetectorPool detectors = DetectorPool.open(FaceDetectorConfig.defaults().withThreads(2))) {
      return new FaceExtractor(
              detectors,
              decoding,
              SamplingPolicy.defaults(),
              TrackingPolicy.defaults(),
              FaceSpec.defaults())
          .extract(file, "v", 1, face -> {});
    }
  }

  /** Makes the Duration element of a .mkv one that says nothing (Void). */
  private static void hideDuration(Path file) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    String duration = "D\u0089\u0088";
    assertTrue(bytes.contains(duration), "the synthetic video has a Duration element");
    Files.writeString(
        file, bytes.replaceFirst(duration, "\u00ec\u0089\u0088"), StandardCharsets.ISO_8859_1);
  }
}
