package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More faces than face-frames retains, while no scorer runs: extraction waits, the service stays
 * ready, and when a scorer comes nothing has been lost.
 */
@Timeout(900)
class ScorerLagIT {
  private static final int VIDEOS = 4;
  private static final int SECONDS = 6;

  /** Of each of the two partitions: some forty frames, where the videos have 600. */
  private static final int RETAINED_BYTES = 2 << 20;

  @TempDir Path folder;
  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private KafkaConnection connection;

  @Test
  void overloadDelaysAndLosesNothing() throws Exception {
    Files.createDirectories(folder.resolve("ingest"));
    List<Path> videos = new ArrayList<>();
    for (int i = 0; i < VIDEOS; i++) {
      videos.add(SyntheticVideo.drawnFace(folder.resolve(i + ".mp4"), 320, 240, 24 + i, SECONDS));
    }
    connection = KafkaConnection.embedded(TestBroker.empty());
    retainLittle();
    new TopicProvisioner(connection).ensure(Topics.all());
    try (ServiceGroup judges = judges();
        IngestServer ingest = ingest()) {
      judges.start();
      ingest.start();
      ingest.awaitReady();
      for (int i = 0; i < VIDEOS; i++) {
        new StubbornUploader(ingest).whole(videos.get(i), "video-" + i);
      }
      awaitPause(ingest);
      try (ScorerProcess scorer = scorer()) {
        assertAllAreWhole(scorer, ingest);
      }
      assertTrue(ingest.metric("framewarden_extraction_paused_seconds_total") > 0);
      awaitForgetting(ingest);
    }
  }

  /** Segments as small as brokers take, so that the retention is really kept to. */
  private void retainLittle() throws Exception {
    Map<String, String> config = new HashMap<>(Topics.FACE_FRAMES.config());
    config.put("retention.bytes", Integer.toString(RETAINED_BYTES));
    config.put("segment.bytes", Integer.toString(1 << 20));
    config.put("max.message.bytes", Integer.toString(1 << 20));
    try (Admin admin = Admin.create(new ClientProperties(connection).admin())) {
      admin
          .createTopics(
              List.of(new NewTopic(Topics.FACE_FRAMES.name(), 2, (short) 1).configs(config)))
          .all()
          .get();
    }
  }

  private ServiceGroup judges() {
    VerdictConfig config =
        VerdictConfig.from(
            new Settings(Map.of(VerdictConfig.STATE_DIR, folder.resolve("state").toString())));
    VerdictView view = new VerdictView(connection, VIDEOS);
    view.listen(verdicts::add);
    return new ServiceGroup(
        "judges", List.of(new VerdictService(config, connection, new CollectorRegistry()), view));
  }

  private IngestServer ingest() throws Exception {
    return new IngestServer(
        connection.bootstrapServers(),
        folder.resolve("ingest"),
        Map.of("FRAMEWARDEN_SAMPLING", "all", "FRAMEWARDEN_SCORER_LAG_EVERY", "500ms"));
  }

  private ScorerProcess scorer() throws Exception {
    return ScorerProcess.start(connection, TestModel.folder(), folder.resolve("scorer.log"));
  }

  private static void awaitPause(IngestServer ingest) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (ingest.metric("framewarden_extraction_paused") < 1) {
      assertTrue(System.nanoTime() < deadline, "extraction never waited" + ingest.log());
      ingest.endsWithin(100);
    }
    String ready = ingest.get("/readyz").body();
    assertTrue(ready.startsWith("ok"), ready);
    assertTrue(ready.contains("extraction waits for the scorers"), ready);
    double ratio = ingest.metric("framewarden_scorer_lag_ratio");
    assertTrue(ratio >= 0.5 && ratio < 1, "ratio " + ratio);
    assertEquals(200, ingest.get("/healthz").statusCode());
  }

  /** That the topic does forget what is too much for it, or the rest would prove nothing. */
  private void awaitForgetting(IngestServer ingest) throws Exception {
    TopicPartition partition = new TopicPartition(Topics.FACE_FRAMES.name(), 0);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    try (Admin admin = Admin.create(new ClientProperties(connection).admin())) {
      while (admin
              .listOffsets(Map.of(partition, OffsetSpec.earliest()))
              .partitionResult(partition)
              .get()
              .offset()
          == 0) {
        assertTrue(System.nanoTime() < deadline, "nothing was forgotten");
        ingest.endsWithin(200);
      }
    }
  }

  private void assertAllAreWhole(ScorerProcess scorer, IngestServer ingest) throws Exception {
    Map<String, Verdict> finals = new HashMap<>();
    int frames = 0;
    while (finals.size() < VIDEOS) {
      Verdict verdict = verdicts.poll(3, TimeUnit.MINUTES);
      assertTrue(verdict != null, "final: " + finals.keySet() + ingest.log());
      if (verdict.getStatus() == VerdictStatus.FINAL) {
        assertEquals(0, verdict.getCompleteness().getMissing(), verdict.getReason());
        assertEquals(
            verdict.getCompleteness().getExpected(), verdict.getCompleteness().getScored());
        frames += verdict.getCompleteness().getExpected();
        assertEquals(null, finals.put(verdict.getVideoId(), verdict), "revised");
      }
    }
    assertTrue(scorer.isAlive());
    assertTrue(
        frames * 50_176L > 4L * RETAINED_BYTES, frames + " frames are not more than is retained");
  }
}
