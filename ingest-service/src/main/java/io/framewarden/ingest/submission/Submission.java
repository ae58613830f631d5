package io.framewarden.ingest.submission;

import io.framewarden.v1.CallerReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Someone's wish to have a video judged.
 *
 * @param videoId the id that the video gets, unless its bytes are known
 * @param fileName for people
 * @param submitter who hands it in
 * @param rescore whether known bytes are judged anew
 * @param uriSha256 hex digest of the URI that names the content; empty where it came by itself
 * @param reference what the submitter calls it; the default instance for nothing
 */
public record Submission(
    String videoId,
    String fileName,
    String submitter,
    boolean rescore,
    String uriSha256,
    CallerReference reference) {
  public Submission {
    fileName = FileNames.harmless(fileName);
  }

  /** Content that came by itself, and that its submitter calls nothing. */
  public Submission(String videoId, String fileName, String submitter, boolean rescore) {
    this(videoId, fileName, submitter, rescore, "", CallerReference.getDefaultInstance());
  }

  /** A fresh id. */
  public static String newId() {
    return UUID.randomUUID().toString();
  }

  /**
   * The id that a submitter's idempotency key stands for: a name-based UUID (version 8) of both. So
   * a repeated request finds its video by the id alone, in any process and after any restart.
   */
  public static String idOf(String submitter, String idempotencyKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Length first: no submitter's key can be another's.
      byte[] name = submitter.getBytes(StandardCharsets.UTF_8);
      digest.update(
          ("framewarden-idempotency " + name.length + " ").getBytes(StandardCharsets.UTF_8));
      digest.update(name);
      byte[] hash = digest.digest(idempotencyKey.getBytes(StandardCharsets.UTF_8));
      long high = (bits(hash, 0) & ~0xF000L) | 0x8000L;
      long low = (bits(hash, 8) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static long bits(byte[] from, int start) {
    long bits = 0;
    for (int i = start; i < start + Long.BYTES; i++) {
      bits = (bits << Byte.SIZE) | (from[i] & 0xFF);
    }
    return bits;
  }
}
