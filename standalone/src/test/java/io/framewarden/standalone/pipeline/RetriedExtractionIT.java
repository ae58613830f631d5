package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.kafka.RetryConfig;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A video whose decoders are killed from outside is judged all the same, later and by itself. */
@Timeout(570)
@EnabledOnOs(OS.LINUX) // signals, and a look into /proc
class RetriedExtractionIT {
  private static final long TIMEOUT_SECONDS = 240;

  @TempDir Path folder;
  private CollectorRegistry registry;
  private String id;

  @Test
  void aVideoIsTriedAgainAfterARestartAndGetsOneFinalVerdict() throws Exception {
    Path video = SyntheticVideo.drawnFace(folder.resolve("killed.mp4"), 960, 540, 20, 8);
    try (Pipeline pipeline = started()) {
      assertTheVideosOwnFaultIsFinalAtOnce(pipeline, video);
      id = upload(pipeline, video);
      for (int tries = 1; tries <= 2; tries++) {
        int failed = tries;
        Verdict waiting = await(pipeline, true, given -> isWaiting(given, failed));
        assertEquals(VerdictStatus.PROVISIONAL, waiting.getStatus());
        assertEquals(VerdictLabel.INCOMPLETE, waiting.getLabel());
        assertEquals(FailureReason.DECODER_INTERRUPTED, waiting.getFailure());
        assertTrue(waiting.getReason().contains("It is tried again by itself"), waiting.toString());
      }
      assertTrue(metric("framewarden_extraction_retries_total") >= 1);
      assertEquals(1, pipeline.videos().retries());
    }
    try (Pipeline pipeline = started()) {
      Verdict judged = await(pipeline, false, given -> given.getStatus() == VerdictStatus.FINAL);
      assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, judged.getFailure());
      assertNotEquals(VerdictLabel.INCOMPLETE, judged.getLabel(), judged.toString());
      assertEquals(32, judged.getCompleteness().getScored(), judged.toString());
      assertEquals(0, judged.getRetryAtUs());
      assertEquals(1, metric("framewarden_extraction_retries_total"));
      assertEquals(List.of(judged), finals(pipeline));
      assertEquals(0, pipeline.videos().retries());
    }
  }

  /** Half of a file can be no video, however often it is tried. */
  private void assertTheVideosOwnFaultIsFinalAtOnce(Pipeline pipeline, Path video)
      throws Exception {
    byte[] whole = Files.readAllBytes(video);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    id = upload(pipeline, Files.write(folder.resolve("half.mp4"), half));
    Verdict verdict = await(pipeline, false, given -> true);
    assertEquals(VerdictLabel.UNDECODABLE, verdict.getLabel(), verdict.toString());
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(0, verdict.getRetryAtUs());
  }

  private static boolean isWaiting(Verdict verdict, int tries) {
    return verdict.getRetryAtUs() > 0 && (tries == 1 || verdict.getReason().contains(" tries: "));
  }

  private Pipeline started() throws IOException {
    registry = new CollectorRegistry();
    Pipeline pipeline =
        new Pipeline(
            StandaloneConfig.from(
                Map.of(RetryConfig.FIRST, "5s", RetryConfig.LONGEST, "20s"),
                new DataFolder(folder.resolve("data")),
                0,
                TestModel.folder()),
            registry);
    pipeline.start();
    return pipeline;
  }

  private static String upload(Pipeline pipeline, Path file) throws Exception {
    try (InputStream content = Files.newInputStream(file)) {
      return pipeline.uploads().accept(file.getFileName().toString(), "test", content).getVideoId();
    }
  }

  /**
   * The verdict that is as wanted; until then each decoder of the video is killed, if asked for.
   */
  private Verdict await(Pipeline pipeline, boolean kill, Predicate<Verdict> wanted)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<Verdict> found = pipeline.verdicts().find(id).filter(wanted);
      if (found.isPresent()) {
        return found.get();
      }
      long decoder = kill ? Decoders.of(id) : -1;
      if (decoder >= 0) {
        Decoders.signal("-KILL", decoder);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("no such verdict on " + id + ": " + pipeline.verdicts().find(id));
  }

  /** All final verdicts of the video that were ever given. */
  private List<Verdict> finals(Pipeline pipeline) {
    List<Verdict> finals = new ArrayList<>();
    TopicRange.read(
        pipeline.connection(),
        Topics.VERDICTS,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> {
          Verdict verdict = Topics.VERDICTS.value().decode(message.value());
          if (verdict.getVideoId().equals(id) && verdict.getStatus() == VerdictStatus.FINAL) {
            finals.add(verdict);
          }
        });
    return finals;
  }

  private double metric(String name) {
    return registry.getSampleValue(name);
  }
}
