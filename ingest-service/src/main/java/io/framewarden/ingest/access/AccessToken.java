package io.framewarden.ingest.access;

import io.framewarden.schemas.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A token as it is stored: everything but the token.
 *
 * @param name unique; the submitter of what is uploaded with it
 * @param role what it may do
 * @param sha256 lower-case hex, of the token's UTF-8. A slow password hash would add nothing: the
 *     token is 256 random bits, which nobody guesses however fast the hash is, and every request
 *     pays for the hash
 * @param created when, ISO 8601
 */
public record AccessToken(String name, Role role, String sha256, String created) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final String PREFIX = "fw_";

  public AccessToken {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a token's name is 1 to 63 letters, digits and . _ - and begins with a letter or digit");
    }
    if (role == null || sha256 == null || !HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException("token " + name + " has no role or no sha256");
    }
  }

  /** A new secret of 256 random bits; the prefix lets scanners of leaked secrets find it. */
  public static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The stored form of a secret. */
  public static String hash(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }
}
