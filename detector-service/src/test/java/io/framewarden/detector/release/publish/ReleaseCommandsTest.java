package io.framewarden.detector.release.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.ReleaseTrust;
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
  private final ReleaseHistory history = new ReleaseHistory(ReleaseTrust.inEverybody());
  private long clock = 1000;
  private final ReleaseCommands commands = new ReleaseCommands(history, () -> clock);

  @Test
  void rollbacksGoBackOneAfterTheOther() {
    publish(A, B, C);
    apply(commands.promote("tiny", "v-a"));
    apply(commands.promote("tiny", "v-b"));
    apply(commands.promote("tiny", C.substring(0, 8)));
    assertActive(C);

    apply(commands.rollback("tiny"));
    assertActive(B);
    apply(commands.rollback("tiny"));
    assertActive(A);
    assertRefused("nothing of tiny was active before", () -> commands.rollback("tiny"));
    assertActive(A);
    apply(commands.promote("tiny", "v-c"));
    apply(commands.rollback("tiny"));
    assertActive(A);
  }

  /** Scores of the model that is active last must prevail over those of the one rolled back. */
  @Test
  void everyChangeIsReleasedLaterThanAllBefore() {
    publish(A, B);
    apply(commands.promote("tiny", "v-a"));
    clock = 5; // a machine whose clock is behind
    apply(commands.promote("tiny", "v-b"));
    assertActive(B);
    apply(commands.rollback("tiny"));
    assertActive(A);
    List<Long> times =
        history.events().stream().map(ModelRelease::getReleasedTimeUs).distinct().toList();
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void aShadowModelStaysUntilItIsPromotedOrRetired() {
    publish(A, B);
    apply(commands.promote("tiny", "v-a"));
    apply(commands.shadow("tiny", "v-b", 0.25));
    assertActive(A);
    assertEquals(B, history.shadow("tiny").orElseThrow().getModelDigest());
    assertEquals(0.25, history.shadow("tiny").orElseThrow().getShare());

    apply(commands.retire("tiny", "v-b"));
    assertTrue(history.shadow("tiny").isEmpty());
    apply(commands.shadow("tiny", "v-b", 1));
    apply(commands.promote("tiny", "v-b"));
    assertTrue(history.shadow("tiny").isEmpty());
    assertActive(B);
    assertEquals(0, history.active("tiny").orElseThrow().getShare());
  }

  @Test
  void rejectsWhatMakesNoSenseAndSaysWhatDoes() {
    assertRefused("nothing was published under the name tiny", () -> commands.promote("tiny", "1"));
    publish(A, B);
    assertRefused("not published", () -> commands.promote("tiny", "v-z"));
    assertRefused("v-a (" + A, () -> commands.promote("tiny", "v-z"));
    assertRefused("not published", () -> commands.promote("tiny", "a")); // too short for a digest
    assertRefused("nothing of tiny is active", () -> commands.rollback("tiny"));
    apply(commands.promote("tiny", "v-a"));
    assertRefused("compared with itself", () -> commands.shadow("tiny", "v-a", 0.5));
    assertRefused("roll back", () -> commands.retire("tiny", "v-a"));
    assertRefused("--share 0.0", () -> commands.shadow("tiny", "v-b", 0));
    assertRefused("--share NaN", () -> commands.shadow("tiny", "v-b", Double.NaN));

    apply(List.of(Releases.event(C, "v-b", ReleaseStage.PUBLISHED, 2000)));
    assertRefused("several artifacts: name the digest", () -> commands.promote("tiny", "v-b"));
  }

  @Test
  void publishingCopiesEveryFileAndNamesItsUri() throws Exception {
    ModelArtifact artifact = Releases.artifact(folder.resolve("model"), "recipe", 0);
    ArtifactRepository store =
        new ArtifactRepository(new FileObjectStore(folder.resolve("objects")));

    apply(commands.publish(artifact, store));

    ModelRelease release = history.latest().get(0);
    assertEquals(ReleaseStage.PUBLISHED, release.getStage());
    assertTrue(release.getArtifactUri().endsWith("/models/tiny/" + artifact.digest() + "/"));
    Path copy = Path.of(URI.create(release.getArtifactUri()));
    assertEquals(artifact.digest(), ModelArtifact.open(copy).digest());

    Files.delete(copy.resolve("model.onnx"));
    assertEquals(List.of(), commands.publish(artifact, store), "no second event");
    assertEquals(artifact.digest(), ModelArtifact.open(copy).digest(), "but the store is whole");
  }

  private void publish(String... digests) {
    for (String digest : digests) {
      String version = "v-" + digest.charAt(0);
      apply(List.of(Releases.event(digest, version, ReleaseStage.PUBLISHED, clock++)));
    }
  }

  private void apply(List<ModelRelease> events) {
    events.forEach(history::add);
  }

  private void assertActive(String digest) {
    assertEquals(digest, history.active("tiny").orElseThrow().getModelDigest());
  }

  private static void assertRefused(String saying, Executable change) {
    String problem = assertThrows(IllegalArgumentException.class, change).getMessage();
    assertTrue(problem.contains(saying), problem);
  }
}
