package io.framewarden.detector.release;

import com.google.protobuf.ByteString;
import io.framewarden.runtime.store.PrivateFile;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of who releases models: Ed25519, in PEM files as OpenSSL writes them too, the private
 * half in {@code FILE} and the public one in {@code FILE.pub}. Immutable.
 *
 * @param own the private half
 * @param known the public half
 */
public record ReleaseKey(PrivateKey own, PublicKey known) {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final int LINE = 64;

  /**
   * Makes a key and writes its two files; the private one is for its owner's eyes only.
   *
   * @throws FileAlreadyExistsException where one of the files is there
   */
  public static ReleaseKey make(Path file) throws IOException {
    for (Path each : List.of(file, publicFile(file))) {
      if (Files.exists(each)) {
        throw new FileAlreadyExistsException(each.toString());
      }
    }
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ReleaseTrust.ALGORITHM).generateKeyPair();
      PrivateFile.write(file, pem(PRIVATE, pair.getPrivate().getEncoded()));
      Files.writeString(publicFile(file), pem(PUBLIC, pair.getPublic().getEncoded()));
      return new ReleaseKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ReleaseTrust.ALGORITHM, e);
    }
  }

  /**
   * Reads a key.
   *
   * @param file the private half; the public one lies beside it
   * @throws IOException if one of them cannot be read or holds no such key
   */
  public static ReleaseKey read(Path file) throws IOException {
    List<byte[]> own = blocks(file, PRIVATE);
    try {
      PrivateKey key =
          KeyFactory.getInstance(ReleaseTrust.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(own.get(0)));
      return new ReleaseKey(key, trusted(publicFile(file)).get(0));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": holds no " + ReleaseTrust.ALGORITHM + " key", e);
    }
  }

  /**
   * The public keys in a file.
   *
   * @throws IOException if it cannot be read, or holds none or another kind
   */
  public static List<PublicKey> trusted(Path file) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    try {
      KeyFactory factory = KeyFactory.getInstance(ReleaseTrust.ALGORITHM);
      for (byte[] block : blocks(file, PUBLIC)) {
        keys.add(factory.generatePublic(new X509EncodedKeySpec(block)));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": holds no " + ReleaseTrust.ALGORITHM + " public key", e);
    }
    return keys;
  }

  /** The release with this key's signature. */
  public ModelRelease sign(ModelRelease release) {
    try {
      Signature signature = Signature.getInstance(ReleaseTrust.ALGORITHM);
      signature.initSign(own);
      signature.update(ReleaseTrust.signed(release));
      return release.toBuilder().setSignature(ByteString.copyFrom(signature.sign())).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign the release of " + release.getModelName(), e);
    }
  }

  /** Where the public half of a key is. */
  public static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  private static List<byte[]> blocks(Path file, String type) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(file));
    while (matcher.find()) {
      if (matcher.group(1).equals(type)) {
        blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
      }
    }
    if (blocks.isEmpty()) {
      throw new IOException(file + ": has no " + type + " in PEM");
    }
    return blocks;
  }

  private static String pem(String type, byte[] encoded) {
    String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return ReleaseTrust.ALGORITHM + " key";
  }
}
