package io.framewarden.detector.release.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.onnxruntime.OnnxRuntimeFactory;
import io.framewarden.detector.release.ArtifactCache;
import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.detector.release.Releases;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to a released artifact, the real engine goes on with the model that runs, and
 * the refusal says why. The store is a real one, and so are the graphs.
 */
@Tag("slow")
class TamperingTest {
  private static final long MAX_BYTES = 16 << 20;

  @TempDir Path folder;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ReleaseMetrics metrics = new ReleaseMetrics(registry);
  private final ReleaseHistory history = new ReleaseHistory(ReleaseTrust.inEverybody());
  private final ModelSlot active = new ModelSlot();
  private ArtifactRepository store;
  private ModelReconciler reconciler;
  private LoadedModel running;
  private Path stored;
  private ModelRelease release;

  @BeforeEach
  void runOneModelAndPublishAnother() throws Exception {
    store = new ArtifactRepository(new FileObjectStore(folder.resolve("objects")));
    Releases.artifact(folder.resolve("running"), "recipe", 0);
    reconciler = reconciler(MAX_BYTES);
    reconciler.reconcile(history, "tiny");
    running = active.peek().orElseThrow();
    publish(Releases.artifact(folder.resolve("new"), "recipe", 0.5));
  }

  @AfterEach
  void close() {
    active.close();
  }

  @Test
  void anIntactReleaseTakesOver() throws Exception {
    promote(release);

    assertEquals(release.getModelDigest(), active.peek().orElseThrow().digest());
    assertEquals("", reconciler.refusals());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "golden/faces.gray8", "golden/logits.json"})
  void oneFlippedBitInAFile(String file) throws Exception {
    flip(stored.resolve(file));

    assertRefused("artifact");
  }

  @Test
  void oneFlippedBitInTheManifest() throws Exception {
    flip(stored.resolve(ModelArtifact.MANIFEST));

    assertRefused("digest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.onnx", "golden/faces.gray8", "golden/logits.json", "manifest.json"})
  void aMissingFile(String file) throws Exception {
    Files.delete(stored.resolve(file));

    assertRefused("artifact");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "../../running", "A"})
  void aReleaseThatNamesAnotherDigestOrNone(String digest) throws Exception {
    release = release.toBuilder().setModelDigest(digest).build();

    assertRefused("digest");
  }

  @Test
  void aReleaseOfOneModelAtThePlaceOfAnother() throws Exception {
    release = release.toBuilder().setModelDigest("0".repeat(64)).build();

    assertRefused("digest");
  }

  @Test
  void aTruncatedGraphUnderAManifestThatKnowsIt() throws Exception {
    Path graph = folder.resolve("new").resolve(ModelArtifact.MODEL);
    byte[] bytes = Files.readAllBytes(graph);
    Files.write(graph, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    signAgain(folder.resolve("new"), bytes);
    publish(ModelArtifact.open(folder.resolve("new")));

    assertRefused("engine");
  }

  @Test
  void goldenLogitsThatAreAnotherModels() throws Exception {
    List<byte[]> faces = List.of(TinyModel.plain(40), TinyModel.plain(220));
    double[] wrong = faces.stream().mapToDouble(face -> TinyModel.logit(face) + 1).toArray();
    publish(TinyModel.write(folder.resolve("wrong"), "recipe", 0, faces, wrong));

    assertRefused("parity");
  }

  /** Whoever can write the release and the store can sign any manifest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "golden/../../../secret",
        "/etc/passwd",
        "..",
        "golden/..\\secret",
        "file:///etc/passwd",
        "http:secret",
        ""
      })
  void aManifestThatNamesAFileElsewhere(String name) throws Exception {
    Files.writeString(folder.resolve("secret"), "secret");
    Path manifest = stored.resolve(ModelArtifact.MANIFEST);
    String text = Files.readString(manifest);
    int files = text.indexOf('{', text.indexOf("\"files\"")) + 1;
    Files.writeString(
        manifest,
        text.substring(0, files)
            + "\""
            + name
            + "\": \""
            + Sha256.of("secret".getBytes(StandardCharsets.UTF_8))
            + "\","
            + text.substring(files));
    release = release.toBuilder().setModelDigest(Sha256.of(manifest)).build();

    assertRefused("artifact");
    try (Stream<Path> cached = Files.walk(folder.resolve("cache"))) {
      assertTrue(cached.noneMatch(path -> path.endsWith("secret") || path.endsWith("passwd")));
    }
  }

  @Test
  void aLinkInTheStore() throws Exception {
    Path graph = stored.resolve(ModelArtifact.MODEL);
    Files.move(graph, folder.resolve("elsewhere.onnx"));
    Files.createSymbolicLink(graph, folder.resolve("elsewhere.onnx"));

    assertRefused("artifact");
  }

  @Test
  void aLinkedFolderInTheStore() throws Exception {
    Files.move(stored.resolve("golden"), folder.resolve("golden-elsewhere"));
    Files.createSymbolicLink(stored.resolve("golden"), folder.resolve("golden-elsewhere"));

    assertRefused("fetch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/", "http://localhost:1/", "not a uri", ""})
  void aPlaceOutsideOfTheStore(String uri) throws Exception {
    release = release.toBuilder().setArtifactUri(uri).build();

    assertRefused("fetch");
  }

  @Test
  void moreBytesThanTheCacheMayHold() throws Exception {
    reconciler = reconciler(2000);
    reconciler.reconcile(new ReleaseHistory(ReleaseTrust.inEverybody()), "tiny");

    assertRefused("artifact");
  }

  @Test
  void aDamagedCopyInTheCacheIsFetchedAgain() throws Exception {
    Path cached = folder.resolve("cache").resolve(release.getModelDigest());
    Files.createDirectories(cached);
    Files.writeString(cached.resolve("manifest.json"), "{}");
    promote(release);

    assertEquals(release.getModelDigest(), active.peek().orElseThrow().digest());
  }

  private ModelReconciler reconciler(long largest) {
    ArtifactCache cache = new ArtifactCache(store, folder.resolve("cache"), largest);
    return new ModelReconciler(
        folder.resolve("running"),
        new ModelLoader(new OnnxRuntimeFactory(1), 2),
        cache::obtain,
        active,
        new ModelSlot(),
        model -> {},
        metrics,
        System::nanoTime);
  }

  private void publish(ModelArtifact artifact) throws Exception {
    URI uri = store.publish(artifact);
    stored = Path.of(uri);
    release =
        Releases.event(artifact.digest(), "2", ReleaseStage.ACTIVE, 7).toBuilder()
            .setArtifactUri(uri.toString())
            .build();
  }

  /** The manifest's sha256 of the graph is put right, as somebody would who can. */
  private static void signAgain(Path artifact, byte[] before) throws Exception {
    Path manifest = artifact.resolve(ModelArtifact.MANIFEST);
    String now = Sha256.of(artifact.resolve(ModelArtifact.MODEL));
    Files.writeString(manifest, Files.readString(manifest).replace(Sha256.of(before), now));
  }

  private static void flip(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private void promote(ModelRelease event) throws InterruptedException {
    history.add(event);
    reconciler.reconcile(history, "tiny");
  }

  private void assertRefused(String reason) throws Exception {
    promote(release);

    assertSame(running, active.peek().orElseThrow(), "the running model is untouched");
    FaceBatch batch = FaceBatch.of(running.shape(), List.of(TinyModel.plain(90)));
    assertEquals(TinyModel.logit(TinyModel.plain(90)), running.score(batch).logit(0), 1e-4);
    assertTrue(reconciler.refusals().contains(": " + reason), reconciler.refusals());
    assertEquals(
        1.0,
        registry.getSampleValue(
            "framewarden_releases_refused_total", new String[] {"reason"}, new String[] {reason}));
    try (Stream<Path> cached = Files.list(folder.resolve("cache"))) {
      cached.forEach(ModelArtifact::open); // what stays is sound, though an engine refused it
    }
  }
}
