package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.feed.VerdictSummary;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline on a real broker. */
@Timeout(240)
class PipelineIT {
  @TempDir Path folder;

  @Test
  void theSameVideoTwiceGivesTheSameAnswerAndARestartStillKnowsIt() throws Exception {
    Path video = SyntheticVideo.drawnFace(folder.resolve("face.mp4"), 640, 480, 25, 3);
    Verdict first;
    try (Pipeline pipeline = started()) {
      first = moderate(pipeline, video);
      Verdict second = moderate(pipeline, video);
      assertSame(first, second);
      assertSameScores(
          CommittedScores.of(pipeline.connection(), first.getVideoId()),
          CommittedScores.of(pipeline.connection(), second.getVideoId()));
      assertBothAreFoundWithMemoryForOne(pipeline.connection(), first, second);
    }
    try (Pipeline again = started()) {
      assertEquals(first, again.verdicts().find(first.getVideoId()).orElseThrow());
      assertTrue(again.videos().find(first.getVideoId()).isPresent());
      assertSame(first, moderate(again, video));
    }
  }

  private Pipeline started() throws Exception {
    StandaloneConfig config =
        StandaloneConfig.from(
            Map.of(), new DataFolder(folder.resolve("data")), 0, TestModel.folder());
    Pipeline pipeline = new Pipeline(config, new CollectorRegistry());
    pipeline.start();
    return pipeline;
  }

  private static void assertBothAreFoundWithMemoryForOne(
      KafkaConnection connection, Verdict older, Verdict newer) throws Exception {
    try (VerdictView small = new VerdictView(connection, 1)) {
      small.start();
      small.awaitCaughtUp();
      assertEquals(1, small.newest(10).size());
      assertEquals(older, small.find(older.getVideoId()).orElseThrow());
      assertEquals(newer, small.find(newer.getVideoId()).orElseThrow());
      assertTrue(small.find("never uploaded").isEmpty());
      assertEquals(VerdictSummary.of(older), small.summary(older.getVideoId()).orElseThrow());
      assertEquals(VerdictSummary.of(newer), small.summary(newer.getVideoId()).orElseThrow());
      assertTrue(small.summary("never uploaded").isEmpty());
    }
  }

  private static Verdict moderate(Pipeline pipeline, Path video) throws Exception {
    BlockingQueue<Verdict> news = new LinkedBlockingQueue<>();
    pipeline.verdicts().listen(news::add);
    String id;
    try (InputStream content = Files.newInputStream(video)) {
      id = pipeline.uploads().accept("face.mp4", "test", content).getVideoId();
    }
    while (true) {
      Verdict verdict = news.poll(60, TimeUnit.SECONDS);
      assertTrue(verdict != null, "no verdict for a minute; " + pipeline.health());
      if (verdict.getVideoId().equals(id) && verdict.getStatus() == VerdictStatus.FINAL) {
        return verdict;
      }
    }
  }

  private static void assertSame(Verdict first, Verdict second) {
    assertNotEquals(first.getVideoId(), second.getVideoId());
    assertEquals(first.getLabel(), second.getLabel());
    assertEquals(first.getProbability(), second.getProbability(), 1e-6);
    assertEquals(first.getCompleteness(), second.getCompleteness());
    assertEquals(first.getTracksCount(), second.getTracksCount());
    assertEquals(first.getProvenance(), second.getProvenance());
  }

  private static void assertSameScores(List<FrameScore> first, List<FrameScore> second) {
    assertTrue(first.size() >= 30, "only " + first.size() + " scores");
    assertEquals(first.size(), second.size());
    List<FrameScore> a = bySeq(first);
    List<FrameScore> b = bySeq(second);
    for (int i = 0; i < a.size(); i++) {
      assertEquals(i, a.get(i).getSeq());
      assertEquals(i, b.get(i).getSeq());
      assertEquals(a.get(i).getLogit(), b.get(i).getLogit(), 1e-6);
      assertEquals(a.get(i).getExtractionDigest(), b.get(i).getExtractionDigest());
      assertEquals(a.get(i).getBox(), b.get(i).getBox());
    }
  }

  private static List<FrameScore> bySeq(List<FrameScore> scores) {
    return scores.stream().sorted(Comparator.comparingInt(FrameScore::getSeq)).toList();
  }
}
