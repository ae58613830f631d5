package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.ingest.kafka.IngestConfig;
import io.framewarden.ingest.kafka.IngestService;
import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scores are counted once, whatever happens to the process that makes them. */
@Timeout(400)
class ScorerCrashIT {
  private static final int SCORED_BEFORE_KILL = 40;

  @TempDir Path folder;

  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private final CollectorRegistry registry = new CollectorRegistry();

  @Test
  void everyFrameCountsOnceWhenTheScorerIsKilledInMidVideo() throws Exception {
    Path video = SyntheticVideo.drawnFace(folder.resolve("long.mp4"), 320, 240, 25, 30);
    KafkaConnection connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    FileObjectStore store = new FileObjectStore(folder.resolve("objects"));
    try (ServiceGroup services = services(connection, store);
        KafkaUploadSink sink = new KafkaUploadSink(connection)) {
      services.start();
      sink.start();
      String id = handIn(video, store, sink);
      killInMidVideo(connection, id);
      try (ScorerProcess scorer = scorer(connection)) {
        assertCountedOnce(await(id, verdict -> verdict.getStatus() == VerdictStatus.FINAL));
        assertTrue(scorer.isAlive());
      }
      assertScoredOnce(CommittedScores.of(connection, id));
    }
  }

  private void killInMidVideo(KafkaConnection connection, String id) throws Exception {
    try (ScorerProcess scorer = scorer(connection)) {
      Verdict partial =
          await(id, verdict -> verdict.getCompleteness().getScored() >= SCORED_BEFORE_KILL);
      scorer.kill();
      assertEquals(VerdictStatus.PROVISIONAL, partial.getStatus(), "killed too late to matter");
    }
  }

  private ScorerProcess scorer(KafkaConnection connection) throws Exception {
    return ScorerProcess.start(connection, TestModel.folder(), folder.resolve("scorer.log"));
  }

  private ServiceGroup services(KafkaConnection connection, FileObjectStore store) {
    IngestConfig ingest = IngestConfig.from(settings(Map.of("FRAMEWARDEN_SAMPLING", "all")));
    VerdictConfig verdict =
        VerdictConfig.from(
            settings(Map.of(VerdictConfig.STATE_DIR, folder.resolve("state").toString())));
    VerdictView view = new VerdictView(connection, 10);
    view.listen(verdicts::add);
    return new ServiceGroup(
        "all but the scorer",
        List.of(
            new IngestService(ingest, connection, store, registry, frame -> {}),
            new VerdictService(verdict, connection, registry),
            view));
  }

  private static Settings settings(Map<String, String> variables) {
    return new Settings(variables);
  }

  private String handIn(Path video, FileObjectStore store, KafkaUploadSink sink) throws Exception {
    UploadService intake = new UploadService(store, sink, UploadLimits.defaults(), registry);
    try (InputStream content = Files.newInputStream(video)) {
      return intake.accept("long.mp4", "test", content).getVideoId();
    }
  }

  private Verdict await(String id, Predicate<Verdict> condition) throws InterruptedException {
    while (true) {
      Verdict verdict = verdicts.poll(180, TimeUnit.SECONDS);
      assertTrue(verdict != null, "no verdict for three minutes");
      if (verdict.getVideoId().equals(id) && condition.test(verdict)) {
        return verdict;
      }
    }
  }

  private static void assertCountedOnce(Verdict verdict) {
    assertTrue(verdict.getCompleteness().getExpected() >= 500, verdict.toString());
    assertEquals(verdict.getCompleteness().getExpected(), verdict.getCompleteness().getScored());
    assertEquals(0, verdict.getCompleteness().getMissing());
    assertEquals(0, verdict.getCompleteness().getFailed());
    assertEquals(
        verdict.getCompleteness().getExpected(),
        verdict.getTracksList().stream().mapToInt(track -> track.getFrames()).sum());
  }

  private static void assertScoredOnce(List<FrameScore> scores) {
    assertEquals(
        IntStream.range(0, scores.size()).boxed().toList(),
        scores.stream().map(FrameScore::getSeq).sorted().toList());
  }
}
