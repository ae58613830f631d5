package io.framewarden.detector.release.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.engine.FakeEngine;
import io.framewarden.detector.engine.InferenceException;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLease;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelRefusedException;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.detector.release.Releases;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models are loaded as releases arrive, on fake engines. */
class ModelReconcilerTest {
  private static final String NAME = "tiny";

  @TempDir Path folder;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ReleaseHistory history = new ReleaseHistory(ReleaseTrust.inEverybody());
  private final ModelSlot active = new ModelSlot();
  private final ModelSlot shadow = new ModelSlot();
  private final List<String> scoredWith = new ArrayList<>();
  private final List<FakeEngine> engines = new ArrayList<>();
  private final Map<String, RuntimeException> unreachable = new HashMap<>();
  private boolean enginesBreak;
  private long now;
  private long releases;
  private ModelReconciler reconciler;
  private String a;
  private String b;

  @BeforeEach
  void publish() throws Exception {
    Releases.artifact(folder.resolve("folder"), "recipe of the folder", 0);
    a = digest("recipe a");
    b = digest("recipe b");
    reconciler =
        new ModelReconciler(
            folder.resolve("folder"),
            new ModelLoader(this::engine, 2),
            this::fetch,
            active,
            shadow,
            model -> scoredWith.add(model.digest()),
            new ReleaseMetrics(registry),
            () -> now);
  }

  @Test
  void beginsWithTheFoldersModelWhereNothingIsReleased() throws Exception {
    reconcile();

    assertEquals(List.of("recipe of the folder"), current().extractionDigests());
    assertEquals(0, current().releaseTimeUs());
    assertEquals(1, scoredWith.size());
  }

  @Test
  void beginsWithTheReleasedModelWhereThereIsOne() throws Exception {
    release(a, ReleaseStage.ACTIVE);
    reconcile();

    assertEquals(a, current().digest());
    assertEquals(1, engines.size(), "the folder's was not built");
  }

  @Test
  void swapsAndRollsBackWithTwoOpenModelsAtMost() throws Exception {
    release(a, ReleaseStage.ACTIVE);
    reconcile();
    try (ModelLease batch = active.acquire()) {
      release(b, ReleaseStage.ACTIVE);
      reconcile();
      assertEquals(2, open());
      assertEquals(a, batch.model().digest());
      assertEquals(b, current().digest());
    }
    assertEquals(1, open(), "the old one is closed with its last lease");

    long back = release(a, ReleaseStage.ACTIVE);
    reconcile();
    assertEquals(a, current().digest());
    assertEquals(back, current().releaseTimeUs());
    assertEquals(List.of(a, b, a), scoredWith);
    assertEquals(3.0, sample("framewarden_model_swap_seconds_count", "stage", "active"));
  }

  @Test
  void aReleaseOfTheRunningModelOnlyRenewsItsTime() throws Exception {
    release(a, ReleaseStage.ACTIVE);
    reconcile();
    long again = release(a, ReleaseStage.ACTIVE);
    reconcile();

    assertEquals(again, current().releaseTimeUs());
    assertEquals(1, engines.size());
  }

  @Test
  void aRefusedReleaseChangesNothingAndIsReportedUntilTheNext() throws Exception {
    release(a, ReleaseStage.ACTIVE);
    reconcile();
    LoadedModel running = current();
    enginesBreak = true;
    release(b, ReleaseStage.ACTIVE);
    reconcile();
    reconcile();

    assertEquals(running, current());
    assertFalse(engines.get(0).isClosed());
    assertEquals(1.0, sample("framewarden_releases_refused_total", "reason", "engine"));
    assertTrue(reconciler.refusals().contains(b), reconciler.refusals());

    release(a, ReleaseStage.ACTIVE);
    reconcile();
    assertEquals("", reconciler.refusals());
  }

  @Test
  void aFetchThatFailsIsRetriedLater() throws Exception {
    reconcile();
    unreachable.put(a, Releases.refusal(ModelRefusedException.Reason.FETCH));
    release(a, ReleaseStage.ACTIVE);
    reconcile();
    unreachable.clear();
    reconcile();
    assertEquals(List.of("recipe of the folder"), current().extractionDigests(), "not at once");
    now += ModelReconciler.RETRY_AFTER.toNanos();
    reconcile();

    assertEquals(a, current().digest());
    assertEquals("", reconciler.refusals());
  }

  @Test
  void aReleaseThatIsRefusedAtTheStartLeavesTheFoldersModel() throws Exception {
    unreachable.put(a, Releases.refusal(ModelRefusedException.Reason.DIGEST));
    release(a, ReleaseStage.ACTIVE);
    reconcile();

    assertEquals(List.of("recipe of the folder"), current().extractionDigests());
    assertTrue(reconciler.refusals().contains("digest"), reconciler.refusals());
  }

  @Test
  void withoutAnyModelItFails() throws Exception {
    enginesBreak = true;

    assertThrows(ModelRefusedException.class, this::reconcile);
  }

  @Test
  void aShadowModelIsLoadedAndClosedBesideTheActiveOne() throws Exception {
    release(a, ReleaseStage.ACTIVE);
    releaseShadow(b, 0.5);
    reconcile();
    assertEquals(a, active.peek().orElseThrow().digest());
    assertEquals(b, shadow.peek().orElseThrow().digest());
    assertEquals(0.5, reconciler.share());

    release(b, ReleaseStage.ACTIVE);
    reconcile();
    assertEquals(b, active.peek().orElseThrow().digest());
    assertTrue(shadow.peek().isEmpty());
    assertEquals(1, open());
  }

  /** What the next batch would score with. */
  private LoadedModel current() {
    return active.peek().orElseThrow();
  }

  private String digest(String recipe) throws Exception {
    ModelArtifact artifact = Releases.artifact(folder.resolve("new"), recipe, 0);
    Files.move(folder.resolve("new"), folder.resolve(artifact.digest()));
    return artifact.digest();
  }

  private FakeEngine engine(ModelArtifact artifact) {
    if (enginesBreak) {
      throw new InferenceException("out of memory");
    }
    FakeEngine engine = new FakeEngine();
    engines.add(engine);
    return engine;
  }

  private Path fetch(ModelRelease release) {
    RuntimeException problem = unreachable.get(release.getModelDigest());
    if (problem != null) {
      throw problem;
    }
    return folder.resolve(release.getModelDigest());
  }

  private long open() {
    return engines.stream().filter(engine -> !engine.isClosed()).count();
  }

  private long release(String digest, ReleaseStage stage) {
    history.add(Releases.event(digest, "1", stage, ++releases));
    return releases;
  }

  private void releaseShadow(String digest, double share) {
    history.add(
        Releases.event(digest, "1", ReleaseStage.SHADOW, ++releases).toBuilder()
            .setShare(share)
            .build());
  }

  private void reconcile() throws InterruptedException {
    reconciler.reconcile(history, NAME);
  }

  private double sample(String name, String label, String value) {
    return registry.getSampleValue(name, new String[] {label}, new String[] {value});
  }
}
