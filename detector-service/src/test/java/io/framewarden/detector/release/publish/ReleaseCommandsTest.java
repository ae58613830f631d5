package io.framewarden.detector.release.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.Releases;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCommandsTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);

  @TempDir Path folder;
  private final ReleaseHistory history = new ReleaseHistory();
  private long clock = 1000;
  private final ReleaseCommands desk = new ReleaseCommands(history, () -> clock);

  @Test
  void rollbacksGoBackOneAfterTheOther() {
    publish(A, B, C);
    take(desk.promote("tiny", "v-a"));
    take(desk.promote("tiny", "v-b"));
    take(desk.promote("tiny", C.substring(0, 8)));
    assertActive(C);

    take(desk.rollback("tiny"));
    assertActive(B);
    take(desk.rollback("tiny"));
    assertActive(A);
    assertRefused("nothing of tiny was active before", () -> desk.rollback("tiny"));
    assertActive(A);
    take(desk.promote("tiny", "v-c"));
    take(desk.rollback("tiny"));
    assertActive(A);
  }

  /** Scores of the model that is active last must prevail over those of the one rolled back. */
  @Test
  void everyChangeIsReleasedLaterThanAllBefore() {
    publish(A, B);
    take(desk.promote("tiny", "v-a"));
    clock = 5; // a machine whose clock is behind
    take(desk.promote("tiny", "v-b"));
    assertActive(B);
    take(desk.rollback("tiny"));
    assertActive(A);
    List<Long> times =
        history.events().stream().map(ModelRelease::getReleasedTimeUs).distinct().toList();
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void aShadowStandsBesideTheActiveModelUntilItIsPromotedOrRetired() {
    publish(A, B);
    take(desk.promote("tiny", "v-a"));
    take(desk.shadow("tiny", "v-b", 0.25));
    assertActive(A);
    assertEquals(B, history.shadow("tiny").orElseThrow().getModelDigest());
    assertEquals(0.25, history.shadow("tiny").orElseThrow().getShare());

    take(desk.retire("tiny", "v-b"));
    assertTrue(history.shadow("tiny").isEmpty());
    take(desk.shadow("tiny", "v-b", 1));
    take(desk.promote("tiny", "v-b"));
    assertTrue(history.shadow("tiny").isEmpty());
    assertActive(B);
    assertEquals(0, history.active("tiny").orElseThrow().getShare());
  }

  @Test
  void whatMakesNoSenseIsRefusedWithWhatDoes() {
    assertRefused("nothing was published under the name tiny", () -> desk.promote("tiny", "1"));
    publish(A, B);
    assertRefused("not published", () -> desk.promote("tiny", "v-z"));
    assertRefused("v-a (" + A, () -> desk.promote("tiny", "v-z"));
    assertRefused("not published", () -> desk.promote("tiny", "a")); // too short for a digest
    assertRefused("nothing of tiny is active", () -> desk.rollback("tiny"));
    take(desk.promote("tiny", "v-a"));
    assertRefused("compared with itself", () -> desk.shadow("tiny", "v-a", 0.5));
    assertRefused("roll back", () -> desk.retire("tiny", "v-a"));
    assertRefused("--share 0.0", () -> desk.shadow("tiny", "v-b", 0));
    assertRefused("--share NaN", () -> desk.shadow("tiny", "v-b", Double.NaN));

    take(List.of(Releases.event(C, "v-b", ReleaseStage.PUBLISHED, 2000)));
    assertRefused("several artifacts: name the digest", () -> desk.promote("tiny", "v-b"));
  }

  @Test
  void publishingCopiesEveryFileAndSaysWhereItIs() throws Exception {
    ModelArtifact artifact = Releases.artifact(folder.resolve("model"), "recipe", 0);
    ArtifactRepository store =
        new ArtifactRepository(new FileObjectStore(folder.resolve("objects")));

    take(desk.publish(artifact, store));

    ModelRelease release = history.latest().get(0);
    assertEquals(ReleaseStage.PUBLISHED, release.getStage());
    assertTrue(release.getArtifactUri().endsWith("/models/tiny/" + artifact.digest() + "/"));
    Path copy = Path.of(URI.create(release.getArtifactUri()));
    assertEquals(artifact.digest(), ModelArtifact.open(copy).digest());

    Files.delete(copy.resolve("model.onnx"));
    assertEquals(List.of(), desk.publish(artifact, store), "no second event");
    assertEquals(artifact.digest(), ModelArtifact.open(copy).digest(), "but the store is whole");
  }

  private void publish(String... digests) {
    for (String digest : digests) {
      String version = "v-" + digest.charAt(0);
      take(List.of(Releases.event(digest, version, ReleaseStage.PUBLISHED, clock++)));
    }
  }

  private void take(List<ModelRelease> events) {
    events.forEach(history::take);
  }

  private void assertActive(String digest) {
    assertEquals(digest, history.active("tiny").orElseThrow().getModelDigest());
  }

  private static void assertRefused(String saying, Executable change) {
    String problem = assertThrows(IllegalArgumentException.class, change).getMessage();
    assertTrue(problem.contains(saying), problem);
  }
}
