package io.framewarden.detector.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTrustTest {
  private static final ModelRelease PROMOTED =
      Releases.event("a".repeat(64), "1", ReleaseStage.ACTIVE, 10);

  @TempDir Path folder;
  private ReleaseKey key;
  private ReleaseTrust trust;

  @BeforeEach
  void makeAKey() throws IOException {
    key = ReleaseKey.make(folder.resolve("key.pem"));
    trust = ReleaseTrust.in(ReleaseKey.trusted(folder.resolve("key.pem.pub")));
  }

  @Test
  void aSignedReleaseIsFollowedByWhoHasTheKey() throws IOException {
    ModelRelease signed = ReleaseKey.read(folder.resolve("key.pem")).sign(PROMOTED);
    assertEquals(Optional.empty(), trust.problem(signed));
    assertEquals(Optional.empty(), ReleaseTrust.inEverybody().problem(PROMOTED));
    assertEquals(Optional.of("it is not signed"), trust.problem(PROMOTED));
  }

  @Test
  void whateverIsChangedTheSignatureNoLongerFits() {
    ModelRelease signed = key.sign(PROMOTED);
    List<ModelRelease> changed =
        List.of(
            signed.toBuilder().setModelName("other").build(),
            signed.toBuilder().setVersion("2").build(),
            signed.toBuilder().setModelDigest("b".repeat(64)).build(),
            signed.toBuilder().setArtifactUri("file:///elsewhere/").build(),
            signed.toBuilder().setStage(ReleaseStage.RETIRED).build(),
            signed.toBuilder().setReleasedTimeUs(11).build(),
            signed.toBuilder().setShare(0.5).build(),
            // Characters that go from one field to the next.
            signed.toBuilder().setModelName("tiny1").setVersion("").build(),
            signed.toBuilder().setSignature(ByteString.copyFromUtf8("x".repeat(64))).build(),
            signed.toBuilder().setSignature(ByteString.copyFromUtf8("x")).build());
    for (ModelRelease each : changed) {
      assertEquals(Optional.of("no trusted key has signed it"), trust.problem(each));
    }
  }

  @Test
  void anotherKeyIsNotTrustedUnlessItIsInTheFileToo() throws IOException {
    ReleaseKey other = ReleaseKey.make(folder.resolve("other.pem"));
    ModelRelease signed = other.sign(PROMOTED);
    assertTrue(trust.problem(signed).isPresent());
    Path both = folder.resolve("both.pub");
    Files.writeString(
        both,
        Files.readString(folder.resolve("key.pem.pub"))
            + Files.readString(folder.resolve("other.pem.pub")));
    assertEquals(Optional.empty(), ReleaseTrust.in(ReleaseKey.trusted(both)).problem(signed));
  }

  @Test
  void anOldReleaseThatIsWrittenAgainDoesNotCount() {
    ReleaseHistory history = new ReleaseHistory(trust);
    ModelRelease old = key.sign(PROMOTED);
    ModelRelease retired = key.sign(Releases.event("a".repeat(64), "1", ReleaseStage.RETIRED, 20));
    ModelRelease next = key.sign(Releases.event("b".repeat(64), "2", ReleaseStage.ACTIVE, 20));
    List.of(old, retired, next).forEach(each -> assertEquals(Optional.empty(), history.add(each)));
    assertTrue(history.add(old).orElseThrow().contains("signed before a release"));
    assertEquals("b".repeat(64), history.active("tiny").orElseThrow().getModelDigest());
    assertTrue(history.add(PROMOTED.toBuilder().setReleasedTimeUs(99).build()).isPresent());
    assertEquals(3, history.events().size());
  }

  @Test
  void aKeyIsMadeOnceAndItsPrivateHalfIsPrivate() throws IOException {
    Path file = folder.resolve("key.pem");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).startsWith("-----BEGIN PRIVATE KEY-----\n"));
    assertThrows(FileAlreadyExistsException.class, () -> ReleaseKey.make(file));
    assertEquals("Ed25519 key", key.toString());
  }

  @Test
  void filesThatHoldNoKeyAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "no key");
    IOException refused = assertThrows(IOException.class, () -> ReleaseKey.trusted(text));
    assertTrue(refused.getMessage().contains("text.pem: has no PUBLIC KEY"), refused.toString());
    Path rsa =
        Files.writeString(
            folder.resolve("rsa.pem"),
            "-----BEGIN PUBLIC KEY-----\nMFwwDQ==\n-----END PUBLIC KEY-----\n");
    refused = assertThrows(IOException.class, () -> ReleaseKey.trusted(rsa));
    assertTrue(refused.getMessage().contains("rsa.pem: holds no Ed25519"), refused.toString());
    Files.delete(folder.resolve("key.pem.pub"));
    refused = assertThrows(IOException.class, () -> ReleaseKey.read(folder.resolve("key.pem")));
    assertTrue(refused.getMessage().contains("key.pem.pub"), refused.toString());
  }
}
