package io.framewarden.ingest.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells callers by their tokens. The file is read again when it changed, at most every second, so
 * that a revoked token stops working without a restart. Safe for several threads.
 */
public final class Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
  private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /** Null where no token file is configured. */
  private final TokenFile file;

  private final boolean open;
  private List<AccessToken> tokens = List.of();
  private FileTime read;
  private long checkedAt;

  private Authenticator(TokenFile file, boolean open) {
    this.file = file;
    this.open = open;
  }

  /**
   * The callers of a server.
   *
   * @param file where the tokens are; null for a server without
   * @param loopback whether the server listens on loopback alone: only then it is open to all while
   *     no token file is configured
   */
  public static Authenticator of(TokenFile file, boolean loopback) {
    if (file != null) {
      LOG.info("uploads need a token of {}", file.path());
    } else if (loopback) {
      LOG.warn(
          "uploads need no token: the server listens on loopback alone and {} is not set",
          AccessConfig.TOKEN_FILE);
    } else {
      LOG.warn(
          "uploads are refused: the server can be reached from elsewhere and {} is not set",
          AccessConfig.TOKEN_FILE);
    }
    return new Authenticator(file, file == null && loopback);
  }

  /** Whether everybody may do everything. */
  public boolean isOpen() {
    return open;
  }

  /** Whose secret this is. Takes the same time for every wrong one. */
  public Optional<Caller> find(String secret) {
    byte[] hash = AccessToken.hash(secret).getBytes(StandardCharsets.US_ASCII);
    Caller caller = null;
    for (AccessToken token : tokens()) {
      byte[] stored = token.sha256().getBytes(StandardCharsets.US_ASCII);
      if (MessageDigest.isEqual(stored, hash)) {
        caller = new Caller(token.name(), token.role());
      }
    }
    return Optional.ofNullable(caller);
  }

  private synchronized List<AccessToken> tokens() {
    if (file == null || (read != null && System.nanoTime() - checkedAt < CHECK_INTERVAL_NANOS)) {
      return tokens;
    }
    checkedAt = System.nanoTime();
    try {
      FileTime changed =
          Files.exists(file.path())
              ? Files.getLastModifiedTime(file.path())
              : FileTime.fromMillis(0);
      if (!changed.equals(read)) {
        tokens = file.read();
        read = changed;
        LOG.info("{} tokens in {}", tokens.size(), file.path());
      }
    } catch (IOException e) {
      // Whoever was let in stays in; a broken file must not lock everybody out.
      LOG.error("the tokens cannot be read and stay as they were: {}", e.getMessage());
    }
    return tokens;
  }
}
