package io.framewarden.runtime.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Locks on files, which another process may hold for as long as it likes: they are tried until a
 * deadline, never waited for without end. Stateless.
 */
public final class FileLocks {
  /** How long a lock is tried that is only ever held for moments. */
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final long TRY_AGAIN_NANOS = 10_000_000;

  private FileLocks() {}

  /**
   * Opens a file to be locked, and makes it if it is missing: readable by its owner only, since
   * whoever can read it can hold its lock. Follows no link.
   */
  public static FileChannel open(Path file) throws IOException {
    FileAttribute<?>[] attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    if (Files.isSymbolicLink(file)) {
      throw new IOException("the lock file " + file + " is a link; remove it");
    }
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        attributes);
  }

  /**
   * Locks a file that no other thread of this process has locked.
   *
   * @throws IOException when another process still has the lock at the deadline; it names the file
   */
  public static FileLock lock(FileChannel channel, Path file, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    FileLock lock = channel.tryLock();
    while (lock == null) {
      if (deadline - System.nanoTime() <= 0) {
        throw new IOException(
            "another process has held the lock " + file + " for " + timeout.toSeconds() + " s");
      }
      LockSupport.parkNanos(TRY_AGAIN_NANOS);
      lock = channel.tryLock();
    }
    return lock;
  }
}
