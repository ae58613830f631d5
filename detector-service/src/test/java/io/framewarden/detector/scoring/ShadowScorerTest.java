package io.framewarden.detector.scoring;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.release.ModelSource;
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
  private ShadowScorer follower;
  private LoadedModel model;

  @BeforeEach
  void load() throws Exception {
    Releases.artifact(folder.resolve("active"), Frames.RECIPE, 0);
    active.put(new ModelLoader(a -> new FakeEngine(), BATCH).load(folder.resolve("active")));
    Releases.artifact(folder.resolve("shadow"), Frames.RECIPE, 0);
    model = new ModelLoader(a -> engine, BATCH).load(folder.resolve("shadow"), 5);
    ModelSlot.Borrower borrower = shadow.borrower();
    follower =
        new ShadowScorer(
            borrower,
            active.borrower(),
            () -> share,
            scorer(borrower),
            new ShadowMetrics(registry),
            this::take);
  }

  @Test
  void withoutAShadowNothingHappens() {
    follow(frames(3));

    assertEquals(List.of(), sent);
  }

  @Test
  void comparesWhatBothSayOfAFrame() {
    shadow.put(model);
    List<FaceFrame> frames = frames(2);
    FrameScore fake = score(frames.get(0)).toBuilder().setProbability(0.95).build();
    FrameScore real = score(frames.get(1)).toBuilder().setProbability(0.05).build();

    follower.follow(frames, List.of(fake, real));

    assertEquals(2, sent.size());
    double said = sent.get(0).getProbability();
    assertEquals(5, sent.get(0).getReleaseTimeUs());
    assertFalse(sent.get(0).hasEvidence());
    assertEquals(2.0, sample("framewarden_shadow_absolute_difference_count"));
    assertEquals(
        Math.abs(said - 0.95) + Math.abs(sent.get(1).getProbability() - 0.05),
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
      assertEquals(ShadowScorer.isChosen(id, 0.3), ShadowScorer.isChosen(id, 0.3));
    }
    long chosen = frames.stream().filter(f -> ShadowScorer.isChosen(f.getVideoId(), 0.3)).count();
    assertEquals(300, chosen, 60);
    assertTrue(
        frames.stream()
            .filter(f -> ShadowScorer.isChosen(f.getVideoId(), 0.3))
            .allMatch(f -> ShadowScorer.isChosen(f.getVideoId(), 0.4)),
        "a larger share holds the smaller one");

    List<FaceFrame> few = frames.subList(0, 8);
    follow(few);
    assertEquals(
        few.stream().filter(f -> ShadowScorer.isChosen(f.getVideoId(), 0.3)).count(), sent.size());
  }

  @Test
  void framesThatTheActiveModelCouldNotScoreAreLeftOut() {
    shadow.put(model);
    FaceFrame broken = frame(0, new byte[3]);

    follow(List.of(broken, frames(2).get(1)));

    assertEquals(1, sent.size());
  }

  @Test
  void itsFailuresStayWithIt() {
    shadow.put(model);
    engine.breakDown("out of memory");
    follow(frames(1));
    assertEquals(1.0, sample("framewarden_shadow_failures_total"));

    sinkBreaks = new IllegalStateException("no broker");
    follow(frames(1));
    assertEquals(List.of(), sent);
  }

  @Test
  void holdsNoModelAtRest() {
    shadow.put(model);
    follow(frames(1));
    shadow.put(null);
    assertFalse(engine.isClosed());

    follower.rest();

    assertTrue(engine.isClosed());
  }

  private void take(FrameScore score) {
    if (sinkBreaks != null) {
      throw sinkBreaks;
    }
    sent.add(score);
  }

  private void follow(List<FaceFrame> frames) {
    List<ScoredFrame> scored = scorer(active.borrower()).score(frames);
    follower.follow(frames, scored.stream().map(ScoredFrame::score).toList());
  }

  private FrameScore score(FaceFrame frame) {
    return scorer(active.borrower()).score(List.of(frame)).get(0).score();
  }

  private FrameScorer scorer(ModelSource source) {
    return new FrameScorer(source, policy, new ScoringMetrics(new CollectorRegistry()), () -> 1);
  }

  private static List<FaceFrame> frames(int count) {
    return IntStream.range(0, count).mapToObj(i -> frame(i, TinyModel.plain(100 + i))).toList();
  }

  private double sample(String name) {
    return registry.getSampleValue(name);
  }
}
