package io.framewarden.runtime.store;

import io.framewarden.runtime.process.WorkDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects as files under one folder. URIs that point anywhere else are refused. */
public final class FileObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileObjectStore.class);

  /** What is being written; no key begins with a dot. */
  private static final String PARTS = ".parts";

  private final Path root;
  private final Path parts;
  private final FreeSpace space;
  private WorkDirectory work;
  private boolean locksFailed;

  /** A store that fills the disk to the end. Creates the folder when it is missing. */
  public FileObjectStore(Path folder) throws IOException {
    this(folder, 0, Duration.ofDays(1));
  }

  /**
   * Creates the folder when it is missing, and removes old parts.
   *
   * @param minFreeBytes how much of the disk is left free
   * @param staleAfter how long a part must not have grown to be removed
   */
  public FileObjectStore(Path folder, long minFreeBytes, Duration staleAfter) throws IOException {
    this(folder, () -> minFreeBytes, staleAfter);
  }

  /**
   * Creates the folder when it is missing, and removes old parts.
   *
   * @param minFreeBytes tells how much of the disk is left free
   * @param staleAfter how long a part must not have grown to be removed
   */
  public FileObjectStore(Path folder, LongSupplier minFreeBytes, Duration staleAfter)
      throws IOException {
    this.root = Files.createDirectories(folder).toRealPath();
    this.parts = root.resolve(PARTS);
    this.space = new FreeSpace(root, minFreeBytes);
    removeParts(Instant.now().minus(staleAfter));
  }

  @Override
  public Stored put(String key, InputStream content, long limit) throws IOException {
    Path target = root.resolve(ObjectKeys.require(key));
    // Not a temporary file of the JDK's: those are for their owner only, and so would the object
    // be.
    space.require(0);
    Path part = part();
    try {
      Files.createDirectories(target.getParent());
      ContentCopy copy = new ContentCopy(content, limit, space);
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
        copy.copy(out, Long.MAX_VALUE);
      }
      flush(part, StandardOpenOption.WRITE);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      flush(target.getParent(), StandardOpenOption.READ);
      return new Stored(target.toUri(), copy.sha256(), copy.bytes());
    } catch (IOException e) {
      throw FreeSpace.explained(e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public long freeBytes() throws IOException {
    return space.bytes();
  }

  @Override
  public URI uri(String key) {
    return root.resolve(ObjectKeys.require(key)).toUri();
  }

  @Override
  public long size(URI uri) throws IOException {
    return Files.size(file(uri));
  }

  @Override
  public LocalCopy local(URI uri) throws IOException {
    return LocalCopy.itself(file(uri));
  }

  @Override
  public InputStream open(URI uri) throws IOException {
    return Files.newInputStream(file(uri), LinkOption.NOFOLLOW_LINKS);
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

  @Override
  public synchronized void close() throws IOException {
    if (work != null) {
      work.close();
      work = null;
    }
  }

  /** A file below this process's own folder of parts, which the next process removes. */
  private synchronized Path part() throws IOException {
    if (work == null && !locksFailed) {
      try {
        work = WorkDirectory.in(parts);
      } catch (IOException | UnsupportedOperationException e) {
        if (e instanceof IOException full && StoreFullException.isFullDisk(full)) {
          throw FreeSpace.explained(full);
        }
        LOG.warn("{} takes no locks: half uploads are removed by age alone", parts, e);
        locksFailed = true;
      }
    }
    return work == null
        ? Files.createDirectories(parts).resolve(UUID.randomUUID().toString())
        : work.file();
  }

  private Path file(URI uri) throws IOException {
    Path file = inside(uri);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    checkNoLinkLeadsAway(uri, file);
    return file;
  }

  private Path inside(URI uri) {
    Path file = path(uri);
    if (!file.startsWith(root) || !ObjectKeys.isKey(root.relativize(file).toString())) {
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

  /** An object that was announced must outlive a power cut: its bytes, and its name. */
  private static void flush(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** What a process was writing when it was killed. */
  private void removeParts(Instant before) throws IOException {
    if (!Files.isDirectory(parts, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      WorkDirectory.sweep(parts);
    } catch (IOException e) {
      LOG.warn("{} takes no locks: half uploads are removed by age alone", parts, e);
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            parts, path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))) {
      for (Path part : found) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
          Files.deleteIfExists(part);
          LOG.info("removed the half upload {}", part);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("another process was faster", e);
    }
  }
}
