package io.framewarden.trainer.run;

import io.framewarden.trainer.training.DidCheckpoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Where a run keeps what. Its record, {@code run.json}, is {@link RunRecord}'s. */
public record RunFolder(Path path) {

  /** The artifact. */
  public Path model() {
    return path.resolve("model");
  }

  /** The checkpoints. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The losses of the training steps, as CSV. */
  public Path losses() {
    return path.resolve("losses.csv");
  }

  /** The report. It shows faces of the archives, and so is no part of the artifact. */
  public Path report() {
    return path.resolve("report");
  }

  /** The checkpoint of the latest step; empty when there is none yet. */
  public Optional<Path> latestCheckpoint() throws IOException {
    return DidCheckpoint.latest(checkpoints());
  }

  /** The lock, or empty where another process or thread holds it; makes the folder. */
  public Optional<Lock> tryLock() throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it: locked stays false.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(new Lock(channel)) : Optional.empty();
  }

  /**
   * The right to work on a run folder, held by one process at a time. The system releases it when
   * the process ends, however that may be; the file {@code lock} stays.
   */
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
