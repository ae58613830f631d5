package io.framewarden.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's own folder for files that must not outlive it. Each has a lock that its process
 * holds; whoever makes the next one removes those whose lock is free, because their process was
 * killed. Safe for several threads and processes.
 */
public final class WorkDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
  private static final String LOCK = "lock";

  /**
   * The folders of this process. Their locks must not be tried: POSIX gives up a process's lock as
   * soon as the process closes any channel to the file.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private WorkDirectory(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Makes a folder below another, for its owner only. The other one is {@link
   * PrivateDirectory#claim claimed} first, so that it may be one of another name.
   */
  public static synchronized WorkDirectory in(Path somewhere) throws IOException {
    Path parent = PrivateDirectory.claim(somewhere);
    // Between making a folder and locking it, nobody may take it for a dead process's.
    Path turn = parent.resolve(LOCK);
    try (FileChannel all = FileLocks.open(turn);
        FileLock making = FileLocks.lock(all, turn, FileLocks.TIMEOUT)) {
      removeDead(parent);
      Path folder =
          Files.createDirectory(
              parent.resolve(UUID.randomUUID().toString()), PrivateDirectory.ownerOnly());
      FileChannel channel = FileLocks.open(folder.resolve(LOCK));
      FileLocks.lock(channel, folder.resolve(LOCK), FileLocks.TIMEOUT);
      OWN.add(folder);
      LOG.debug("{} made under {}", folder, making);
      return new WorkDirectory(folder, channel);
    }
  }

  /** Removes the folders below another whose processes are gone, without making one. */
  public static synchronized void sweep(Path somewhere) throws IOException {
    if (!Files.isDirectory(somewhere, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = somewhere.toRealPath();
    Path turn = parent.resolve(LOCK);
    try (FileChannel all = FileLocks.open(turn);
        FileLock making = FileLocks.lock(all, turn, FileLocks.TIMEOUT)) {
      LOG.debug("looking through {} under {}", parent, making);
      removeDead(parent);
    }
  }

  /** The folder below the system's for temporary files that this user's work of a kind goes to. */
  public static Path temporary(String kind) {
    return below(Path.of(System.getProperty("java.io.tmpdir")), kind);
  }

  /** The same below a folder that others write to as well. */
  public static Path below(Path shared, String kind) {
    return shared.resolve("framewarden-" + kind + "-" + System.getProperty("user.name"));
  }

  public Path path() {
    return folder;
  }

  /** A name for a new file. */
  public Path file() {
    return folder.resolve(UUID.randomUUID().toString());
  }

  @Override
  public void close() throws IOException {
    channel.close();
    remove(folder);
    OWN.remove(folder);
  }

  private static void removeDead(Path parent) throws IOException {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(
            parent, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
      for (Path folder : folders) {
        if (!OWN.contains(folder) && isDead(folder)) {
          remove(folder);
          LOG.info("removed {}: its process is gone", folder);
        }
      }
    }
  }

  private static boolean isDead(Path folder) {
    try (FileChannel channel = FileLocks.open(folder.resolve(LOCK));
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      LOG.debug("{} is another user's, or no work folder", folder, e);
      return false;
    }
  }

  /** The lock goes last, with the folder: what is left half removed is found again. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        if (!path.equals(folder) && !path.equals(folder.resolve(LOCK))) {
          Files.deleteIfExists(path);
        }
      }
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException | UncheckedIOException e) {
      LOG.debug("{} is gone already, or is being used", folder, e);
    }
  }
}
