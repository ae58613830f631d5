package io.framewarden.runtime.store;

import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** Objects as files under one folder. URIs that point anywhere else are refused. */
public final class FileObjectStore implements ObjectStore {
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private final Path root;

  /** Creates the folder when it is missing. */
  public FileObjectStore(Path folder) throws IOException {
    this.root = Files.createDirectories(folder).toRealPath();
  }

  @Override
  public Stored put(String key, InputStream content, long limit) throws IOException {
    Path target = resolve(key);
    Files.createDirectories(target.getParent());
    Path part = Files.createTempFile(target.getParent(), ".part-", null);
    try {
      MessageDigest digest = Sha256.start();
      long bytes = copy(content, part, digest, limit);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return new Stored(target.toUri(), Sha256.finish(digest), bytes);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public Path local(URI uri) throws IOException {
    Path file = inside(uri);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }

  @Override
  public void delete(URI uri) throws IOException {
    Files.deleteIfExists(inside(uri));
  }

  private Path resolve(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not an object key: " + key);
    }
    return root.resolve(key);
  }

  private Path inside(URI uri) {
    if (!"file".equals(uri.getScheme())) {
      throw new IllegalArgumentException(uri + " is not in the file store at " + root);
    }
    Path file = Path.of(uri).normalize();
    if (!file.startsWith(root) || file.equals(root)) {
      throw new IllegalArgumentException(uri + " is not in the file store at " + root);
    }
    return file;
  }

  private static long copy(InputStream content, Path part, MessageDigest digest, long limit)
      throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(part)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > limit) {
          throw new ObjectTooLargeException(limit);
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return bytes;
  }
}
