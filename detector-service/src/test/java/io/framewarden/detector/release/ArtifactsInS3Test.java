package io.framewarden.detector.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.testkit.s3.S3TestServer;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Models that are published to S3 and fetched from there, on a real server. */
@Tag("slow")
class ArtifactsInS3Test {
  private static final long MAX_BYTES = 16 << 20;

  @RegisterExtension final S3TestServer server = new S3TestServer();
  @TempDir Path folder;
  private ObjectStore store;
  private ModelArtifact artifact;
  private URI place;

  @BeforeEach
  void publish() throws Exception {
    store = ObjectStores.open(StoreConfig.from(new Settings(server.variables(Map.of()))));
    artifact = Releases.artifact(folder.resolve("new"), "recipe", 0.5);
    place = new ArtifactRepository(store).publish(artifact);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void whatIsPublishedIsFetchedByItsDigest() throws Exception {
    assertEquals(
        "s3://bucket-of-tests/prefix/models/tiny/" + artifact.digest() + "/", place.toString());
    assertEquals(artifact.manifest().files().size() + 1, server.keys().size());
    Path fetched = cache().obtain(release(place.toString()));
    assertEquals(artifact.digest(), ModelArtifact.open(fetched).digest());
  }

  @Test
  void whatWasChangedInTheBucketIsRefused() {
    String key = place.getPath().substring(1) + "model.onnx";
    server
        .client()
        .putObject(
            put -> put.bucket(S3TestServer.BUCKET).key(key), RequestBody.fromString("another"));
    assertEquals(ModelRefusedException.Reason.ARTIFACT, refusal(place.toString()));
    server.client().deleteObject(gone -> gone.bucket(S3TestServer.BUCKET).key(key));
    assertEquals(ModelRefusedException.Reason.ARTIFACT, refusal(place.toString()));
  }

  @Test
  void aReleaseFromAnotherBucketIsRefused() {
    assertEquals(
        ModelRefusedException.Reason.FETCH,
        refusal(place.toString().replace("bucket-of-tests", "another-bucket")));
    assertEquals(
        ModelRefusedException.Reason.FETCH, refusal(place.toString().replace("/prefix/", "/")));
  }

  private ModelRefusedException.Reason refusal(String uri) {
    ModelRefusedException refused =
        assertThrows(ModelRefusedException.class, () -> cache().obtain(release(uri)));
    assertTrue(refused.getMessage().contains(uri), refused.getMessage());
    return refused.reason();
  }

  private ArtifactCache cache() {
    return new ArtifactCache(new ArtifactRepository(store), folder.resolve("cache"), MAX_BYTES);
  }

  private ModelRelease release(String uri) {
    return Releases.event(artifact.digest(), "1", ReleaseStage.ACTIVE, 1).toBuilder()
        .setArtifactUri(uri)
        .build();
  }
}
