package io.framewarden.ingest.tus;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The checksum of one request's content, as its Upload-Checksum header gives it. */
public final class UploadChecksum {
  /** The algorithms that are known, as the protocol lists them. */
  public static final String ALGORITHMS = "sha256,sha1,md5";

  private static final Map<String, String> NAMES =
      Map.of("sha256", "SHA-256", "sha1", "SHA-1", "md5", "MD5");

  private final MessageDigest digest;
  private final byte[] expected;

  private UploadChecksum(MessageDigest digest, byte[] expected) {
    this.digest = digest;
    this.expected = expected;
  }

  /**
   * Reads the header's value, {@code sha1 BASE64}.
   *
   * @throws ApiException MALFORMED_REQUEST when it is none, or of an unknown algorithm
   */
  public static UploadChecksum parse(String header) throws ApiException {
    String[] parts = header.strip().split(" ", 2);
    String name = NAMES.get(parts[0]);
    if (name == null || parts.length < 2) {
      throw malformed();
    }
    try {
      return new UploadChecksum(
          MessageDigest.getInstance(name), Base64.getDecoder().decode(parts[1].strip()));
    } catch (IllegalArgumentException e) {
      throw malformed();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }

  void update(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  boolean matches() {
    return MessageDigest.isEqual(digest.digest(), expected);
  }

  private static ApiException malformed() {
    return new ApiException(
        ProblemType.MALFORMED_REQUEST,
        "Upload-Checksum must be one of " + ALGORITHMS + ", a space, and the digest in base64");
  }
}
