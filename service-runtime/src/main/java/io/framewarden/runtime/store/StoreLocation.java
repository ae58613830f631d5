package io.framewarden.runtime.store;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an object store is: a folder, or a bucket with a prefix.
 *
 * @param folder of a file store, else empty
 * @param bucket of an S3 store, else empty
 * @param prefix of every key in the bucket: empty, or ending in a slash
 */
public record StoreLocation(Optional<Path> folder, String bucket, String prefix) {
  private static final String S3 = "s3://";

  /** The names that AWS allows; they need no escaping. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /**
   * Understands a path, a file: URI, or {@code s3://bucket/prefix}.
   *
   * @throws IllegalArgumentException when it is none; the message says what would be
   */
  public static StoreLocation parse(String where) {
    if (where.startsWith("s3:")) {
      return bucket(where);
    }
    try {
      Path folder = where.startsWith("file:") ? Path.of(URI.create(where)) : Path.of(where);
      return new StoreLocation(Optional.of(folder), "", "");
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(where + " is no path", e);
    } catch (IllegalArgumentException e) { // a host, a query, a relative path
      throw new IllegalArgumentException(where + " is no folder's URI, such as file:///srv/x", e);
    }
  }

  private static StoreLocation bucket(String where) {
    String rest = where.startsWith(S3) ? where.substring(S3.length()) : "";
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1);
    if (prefix.length() > 1 && prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    if (!BUCKET.matcher(bucket).matches() || (!prefix.isEmpty() && !ObjectKeys.isKey(prefix))) {
      throw new IllegalArgumentException(
          where + " is no bucket's URI, such as s3://bucket or s3://bucket/prefix");
    }
    return new StoreLocation(Optional.empty(), bucket, prefix.isEmpty() ? "" : prefix + "/");
  }
}
