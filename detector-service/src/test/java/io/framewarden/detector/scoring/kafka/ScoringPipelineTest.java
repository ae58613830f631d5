package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.scoring.BatchListener;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.Frames;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.topic.Topics;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the loop polls, and which model scores; the engine runs when the test says so. */
class ScoringPipelineTest {
  @TempDir Path folder;
  private final Queue<Runnable> engine = new ArrayDeque<>();
  private final FakeEngine oldEngine = new FakeEngine();
  private final ModelSlot models = new ModelSlot();
  private long inference = Duration.ofMillis(40).toNanos();
  private long now;
  private ScoringPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    TinyModel.write(folder, Frames.RECIPE);
    var metrics = new ScoringMetrics(new CollectorRegistry());
    models.put(new ModelLoader(artifact -> oldEngine, 4).load(folder));
    ScorerConfig config = ScorerConfig.from(new Settings(Map.of()));
    pipeline =
        new ScoringPipeline(
            models,
            new FrameScorer(config.policy(), metrics, () -> 1),
            BatchListener.NONE,
            metrics,
            engine::add,
            Runnable::run,
            () -> now += inference);
  }

  @Test
  void pollsSoonWhileTheEngineMayRunOutOfWork() {
    assertEquals(ScoringPipeline.POLL_INTERVAL, pipeline.pollInterval());
    submitAndScore();
    pipeline.takeFinished();
    submit();
    assertEquals(ScoringPipeline.POLL_INTERVAL, pipeline.pollInterval());
  }

  @Test
  void pollsAfterHalfABatchWhenAnotherOneWaits() {
    submitAndScore();
    pipeline.takeFinished();
    submit();
    submit();
    assertEquals(Duration.ofMillis(20), pipeline.pollInterval());
  }

  @Test
  void neverWaitsLongToPoll() {
    inference = Duration.ofSeconds(3).toNanos();
    submitAndScore();
    pipeline.takeFinished();
    submit();
    submit();
    assertEquals(Duration.ofMillis(50), pipeline.pollInterval());
  }

  @Test
  void aModelIsSwappedBetweenTwoBatchesAndNoRecordIsDropped() throws Exception {
    submit();
    submit();
    engine.remove().run();
    models.put(new ModelLoader(artifact -> new FakeEngine(), 4).load(folder, 7));
    assertTrue(oldEngine.isClosed(), "no batch is with it");
    engine.remove().run();

    assertEquals(
        List.of(0L, 7L),
        pipeline.awaitAll().stream()
            .map(request -> request.score().orElseThrow().getReleaseTimeUs())
            .toList());
  }

  private void submitAndScore() {
    submit();
    engine.remove().run();
  }

  private void submit() {
    byte[] frame = Topics.FACE_FRAMES.value().encode(Frames.frame(0, TinyModel.plain(120)));
    pipeline.submit(List.of(new ConsumerRecord<>(Topics.FACE_FRAMES.name(), 0, 0, null, frame)));
  }
}
