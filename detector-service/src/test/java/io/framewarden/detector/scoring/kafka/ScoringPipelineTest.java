package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.ModelLoader;
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

/** How often the loop looks for answers; the engine's turn comes when the test says so. */
class ScoringPipelineTest {
  @TempDir Path folder;
  private final Queue<Runnable> engine = new ArrayDeque<>();
  private long inference = Duration.ofMillis(40).toNanos();
  private long now;
  private ScoringPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    TinyModel.write(folder, Frames.RECIPE);
    var metrics = new ScoringMetrics(new CollectorRegistry());
    var model = new ModelLoader(artifact -> new FakeEngine(), 4).load(folder);
    ScorerConfig config = ScorerConfig.from(new Settings(Map.of()));
    pipeline =
        new ScoringPipeline(
            new RecordScorer(
                new FrameScorer(() -> model, config.policy(), metrics, () -> 1), metrics),
            BatchListener.NONE,
            engine::add,
            Runnable::run,
            () -> now += inference);
  }

  @Test
  void looksAtOnceWhileTheEngineMayRunDry() {
    assertEquals(ScoringPipeline.GLANCE, pipeline.untilNextLook());
    submitAndScore();
    pipeline.takeDone();
    submit();
    assertEquals(ScoringPipeline.GLANCE, pipeline.untilNextLook());
  }

  @Test
  void leavesAnEngineAloneThatHasWorkForHalfABatchMore() {
    submitAndScore();
    pipeline.takeDone();
    submit();
    submit();
    assertEquals(Duration.ofMillis(20), pipeline.untilNextLook());
  }

  @Test
  void neverStaysAwayForLong() {
    inference = Duration.ofSeconds(3).toNanos();
    submitAndScore();
    pipeline.takeDone();
    submit();
    submit();
    assertEquals(Duration.ofMillis(50), pipeline.untilNextLook());
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
