package io.framewarden.runtime.store.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's own folder for files that must not outlive it. Each has a lock that its process
 * holds; whoever makes the next one removes those whose lock is free, because their process was
 * killed. Safe for several threads and processes.
 */
final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private static final String LOCK = "lock";

  /**
   * The folders of this process. Their locks must not be tried: POSIX gives up a process's lock as
   * soon as the process closes any channel to the file.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private WorkFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes a folder below another, for its owner only. */
  static synchronized WorkFolder in(Path somewhere) throws IOException {
    Path parent = Files.createDirectories(somewhere).toRealPath();
    // Between making a folder and locking it, nobody may take it for a dead process's.
    try (FileChannel all = lockFile(parent.resolve(LOCK));
        FileLock making = all.lock()) {
      removeDead(parent);
      Path folder =
          Files.createDirectory(
              parent.resolve(UUID.randomUUID().toString()),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel = lockFile(folder.resolve(LOCK));
      channel.lock();
      OWN.add(folder);
      LOG.debug("{} made under {}", folder, making);
      return new WorkFolder(folder, channel);
    }
  }

  Path path() {
    return folder;
  }

  /** A name for a new file. */
  Path file() {
    return folder.resolve(UUID.randomUUID().toString());
  }

  @Override
  public void close() throws IOException {
    channel.close();
    remove(folder);
    OWN.remove(folder);
  }

  private static FileChannel lockFile(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  private static boolean isDead(Path folder) throws IOException {
    try (FileChannel channel = lockFile(folder.resolve(LOCK));
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone already", folder);
    }
  }
}
