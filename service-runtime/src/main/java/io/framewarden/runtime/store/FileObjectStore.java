package io.framewarden.runtime.store;

import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;
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
    // Not a temporary file of the JDK's: those are for their owner only, and so would the object
    // be.
    Path part = target.resolveSibling(".part-" + UUID.randomUUID());
    try {
      MessageDigest digest = Sha256.start();
      long bytes = copy(content, part, digest, limit);
      flush(part);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return new Stored(target.toUri(), Sha256.finish(digest), bytes);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public URI uri(String key) {
    return resolve(key).toUri();
  }

  @Override
  public Path local(URI uri) throws IOException {
    Path file = inside(uri);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    checkNoLinkLeadsAway(uri, file);
    return file;
  }

  @Override
  public InputStream open(URI uri) throws IOException {
    return Files.newInputStream(local(uri), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void delete(URI uri) throws IOException {
    Path file = inside(uri);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(uri + " is a folder of objects, not an object");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      checkNoLinkLeadsAway(uri, file);
      Files.deleteIfExists(file);
    }
  }

  private Path resolve(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not an object key: " + key);
    }
    return root.resolve(key);
  }

  private Path inside(URI uri) {
    Path file = path(uri);
    if (!file.startsWith(root) || file.equals(root)) {
      throw outside(uri, null);
    }
    return file;
  }

  private Path path(URI uri) {
    if (!"file".equals(uri.getScheme())) {
      throw outside(uri, null);
    }
    try {
      return Path.of(uri).normalize();
    } catch (IllegalArgumentException e) { // a host, a query, a relative path, a zero byte
      throw outside(uri, e);
    }
  }

  /** The folder that holds the object must be where its name says, not behind a link. */
  private void checkNoLinkLeadsAway(URI uri, Path file) throws IOException {
    Path holder = file.getParent();
    if (!holder.toRealPath().equals(holder)) {
      throw outside(uri, null);
    }
  }

  private IllegalArgumentException outside(URI uri, Throwable cause) {
    return new IllegalArgumentException(uri + " is not in the file store at " + root, cause);
  }

  /** An object that was announced must outlive a power cut. */
  private static void flush(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static long copy(InputStream content, Path part, MessageDigest digest, long limit)
      throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
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
