package io.framewarden.detector.scoring;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.engine.Scores;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.release.Releases;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FrameScore;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowScorerTest {
  private static final int BATCH = 4;

  @TempDir Path folder;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ModelSlot active = new ModelSlot();
  private final ModelSlot shadow = new ModelSlot();
  private final FakeEngine engine = new FakeEngine();
  private final List<FrameScore> sent = new ArrayList<>();
  private final ScoringPolicy policy = new ScoringPolicy(ExtractionMismatch.REFUSE, 0.5, 0);
  private double share = 1;
  private RuntimeException sinkBreaks;
  private Runnable whileSending = () -> {};
  private boolean closedWhileSending;
  private ShadowScorer listener;
  private LoadedModel model;

  @BeforeEach
  void load() throws Exception {
    Releases.artifact(folder.resolve("active"), Frames.RECIPE, 0);
    active.put(new ModelLoader(a -> new FakeEngine(), BATCH).load(folder.resolve("active")));
    Releases.artifact(folder.resolve("shadow"), Frames.RECIPE, 0);
    model = new ModelLoader(a -> engine, BATCH).load(folder.resolve("shadow"), 5);
    listener =
        new ShadowScorer(
            shadow,
            active,
            () -> share,
            new FrameScorer(policy, new ScoringMetrics(new CollectorRegistry()), () -> 1),
            new ShadowMetrics(registry),
            this::send);
  }

  @Test
  void withoutAShadowModelNothingHappens() {
    scoreAndListen(frames(3));

    assertEquals(List.of(), sent);
  }

  @Test
  void comparesWhatBothSayOfAFrame() {
    shadow.put(model);
    List<FaceFrame> frames = frames(2);
    List<ScoringRequest> batch = Frames.requests(frames(2));
    answer(batch, 3, -3);
    double fake = Frames.scores(batch).get(0).getProbability();
    double real = Frames.scores(batch).get(1).getProbability();

    listener.onBatchScored(batch);

    assertEquals(2, sent.size());
    assertEquals(5, sent.get(0).getReleaseTimeUs());
    assertFalse(sent.get(0).hasEvidence());
    assertEquals(1000, sent.get(0).getOriginOffset());
    assertEquals(Frames.PARTITION, sent.get(0).getOriginPartition());
    assertEquals(2.0, sample("framewarden_shadow_absolute_difference_count"));
    assertEquals(
        Math.abs(sent.get(0).getProbability() - fake)
            + Math.abs(sent.get(1).getProbability() - real),
        sample("framewarden_shadow_absolute_difference_sum"),
        1e-9);
    assertEquals(1.0, sample("framewarden_shadow_disagreements_total"), "both are one or other");
  }

  @Test
  void aShareIsOfWholeVideos() {
    shadow.put(model);
    share = 0.3;
    List<FaceFrame> frames = new ArrayList<>();
    for (int video = 0; video < 1000; video++) {
      String id = "video-" + video;
      frames.add(frame(0, TinyModel.plain(60)).toBuilder().setVideoId(id).build());
      assertEquals(ShadowScorer.isSelected(id, 0.3), ShadowScorer.isSelected(id, 0.3));
    }
    long selected =
        frames.stream().filter(f -> ShadowScorer.isSelected(f.getVideoId(), 0.3)).count();
    assertEquals(300, selected, 60);
    assertTrue(
        frames.stream()
            .filter(f -> ShadowScorer.isSelected(f.getVideoId(), 0.3))
            .allMatch(f -> ShadowScorer.isSelected(f.getVideoId(), 0.4)),
        "a larger share holds the smaller one");

    List<FaceFrame> few = frames.subList(0, 8);
    scoreAndListen(few);
    assertEquals(
        few.stream().filter(f -> ShadowScorer.isSelected(f.getVideoId(), 0.3)).count(),
        sent.size());
  }

  @Test
  void framesThatTheActiveModelCouldNotScoreAreLeftOut() {
    shadow.put(model);
    FaceFrame broken = frame(0, new byte[3]);

    scoreAndListen(List.of(broken, frames(2).get(1)));

    assertEquals(1, sent.size());
  }

  @Test
  void itsFailuresDoNotReachTheActiveModelsScores() {
    shadow.put(model);
    engine.breakDown("out of memory");
    scoreAndListen(frames(1));
    assertEquals(1.0, sample("framewarden_shadow_failures_total"));

    sinkBreaks = new IllegalStateException("no broker");
    scoreAndListen(frames(1));
    assertEquals(List.of(), sent);
  }

  @Test
  void itsModelIsLeasedForABatchOnly() {
    shadow.put(model);
    scoreAndListen(frames(1));
    shadow.clear();

    assertTrue(engine.isClosed());
  }

  @Test
  void aShadowModelThatIsReplacedMeanwhileIsClosedAfterTheBatch() {
    shadow.put(model);
    whileSending = shadow::clear;

    scoreAndListen(frames(1));

    assertFalse(closedWhileSending);
    assertTrue(engine.isClosed());
  }

  private void send(FrameScore score) {
    if (sinkBreaks != null) {
      throw sinkBreaks;
    }
    whileSending.run();
    closedWhileSending = engine.isClosed();
    sent.add(score);
  }

  private void scoreAndListen(List<FaceFrame> frames) {
    List<ScoringRequest> batch = Frames.requests(frames);
    new FrameScorer(policy, new ScoringMetrics(new CollectorRegistry()), () -> 1)
        .score(active.peek().orElseThrow(), batch);
    listener.onBatchScored(batch);
  }

  /** Completes a batch as if the active model's engine had given these logits. */
  private void answer(List<ScoringRequest> batch, float... logits) {
    FrameScoreFactory factory =
        new FrameScoreFactory(
            active.peek().orElseThrow(), policy, new EvidenceSelector(policy), () -> 1);
    Scores answers = new Scores(logits, new float[logits.length], 1, 1);
    for (int row = 0; row < logits.length; row++) {
      batch.get(row).answer(factory, answers, row);
      batch.get(row).complete();
    }
  }

  private static List<FaceFrame> frames(int count) {
    return IntStream.range(0, count).mapToObj(i -> frame(i, TinyModel.plain(100 + i))).toList();
  }

  private double sample(String name) {
    return registry.getSampleValue(name);
  }
}
