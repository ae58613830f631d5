package io.framewarden.trainer.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to work on a run folder, held by one process at a time. The system takes it back when
 * the process ends, however that may be; the file {@code lock} stays.
 */
public final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** The lock, or empty where somebody else has it; makes the folder. */
  public static Optional<RunLock> take(Path runFolder) throws IOException {
    Files.createDirectories(runFolder);
    FileChannel channel =
        FileChannel.open(
            runFolder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it: taken stays false.
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(new RunLock(channel)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
