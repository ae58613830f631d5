package io.framewarden.detector.release;

import io.framewarden.v1.ModelRelease;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;

/** Whose releases are followed: everybody's, or those that one of some keys signed. Immutable. */
public final class ReleaseTrust {
  static final String ALGORITHM = "Ed25519";

  /** What is signed begins so: a signature of something else never fits. */
  private static final String SIGNED = "framewarden.v1.ModelRelease";

  private static final ReleaseTrust EVERYBODY = new ReleaseTrust(List.of());

  private final List<PublicKey> keys;

  private ReleaseTrust(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Follows every release, signed or not. */
  public static ReleaseTrust inEverybody() {
    return EVERYBODY;
  }

  /**
   * Follows the releases that one of the keys signed.
   *
   * @param keys Ed25519, at least one
   */
  public static ReleaseTrust in(List<PublicKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("without a key no release could be followed");
    }
    return new ReleaseTrust(keys);
  }

  /** Whether signatures are looked at. */
  boolean isLimited() {
    return !keys.isEmpty();
  }

  /** Why a release is not to be followed; empty where it is. */
  Optional<String> problem(ModelRelease release) {
    if (!isLimited() || keys.stream().anyMatch(key -> isSignedBy(key, release))) {
      return Optional.empty();
    }
    return Optional.of(
        release.getSignature().isEmpty() ? "it is not signed" : "no trusted key has signed it");
  }

  private static boolean isSignedBy(PublicKey key, ModelRelease release) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(signed(release));
      return signature.verify(release.getSignature().toByteArray());
    } catch (GeneralSecurityException e) {
      return false; // no signature at all
    }
  }

  /** What a signature is over: every field but itself, each with its length. */
  static byte[] signed(ModelRelease release) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(SIGNED);
      out.writeUTF(release.getModelName());
      out.writeUTF(release.getVersion());
      out.writeUTF(release.getArtifactUri());
      out.writeUTF(release.getModelDigest());
      out.writeInt(release.getStageValue());
      out.writeLong(release.getReleasedTimeUs());
      out.writeDouble(release.getShare());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
