package io.framewarden.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The room that is left on the disk of a folder, some of which is never touched: a disk that is
 * full to the last byte stops more than uploads. Safe for several threads.
 */
public final class FreeSpace {
  /** So often each writer looks, of which there may be many; a look costs a system call or two. */
  private static final long EVERY_BYTES = 1 << 20;

  private final Path folder;
  private final LongSupplier reserve;

  /**
   * Leaves a fixed part of the disk free.
   *
   * @param folder exists
   * @param reserve bytes that are left free
   */
  public FreeSpace(Path folder, long reserve) {
    this(folder, () -> reserve);
  }

  /**
   * Leaves free what others need, which may change.
   *
   * @param folder exists
   * @param reserve tells how many bytes are left free now
   */
  public FreeSpace(Path folder, LongSupplier reserve) {
    this.folder = folder;
    this.reserve = reserve;
  }

  /**
   * Looks whether so many bytes may be written.
   *
   * @throws StoreFullException when they may not
   */
  public void require(long bytes) throws IOException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    long kept = reserve.getAsLong();
    if (usable - bytes < kept) {
      throw new StoreFullException(
          "the disk of %s has %d MB free, of which %d are kept: make room on it"
              .formatted(folder, usable >> 20, kept >> 20),
          null);
    }
  }

  /** Bytes that may be written, at least 0. */
  public long bytes() throws IOException {
    return Math.max(0, Files.getFileStore(folder).getUsableSpace() - reserve.getAsLong());
  }

  /** As {@link #require}, from time to time only, for a writer that calls it for each buffer. */
  public void requireWhileWriting(long writtenBefore, int bytes) throws IOException {
    if (writtenBefore / EVERY_BYTES != (writtenBefore + bytes) / EVERY_BYTES) {
      require(0);
    }
  }

  /** The failure as one that says that the disk is full, where that is what it is. */
  public static IOException explained(IOException failure) {
    if (failure instanceof StoreFullException || !StoreFullException.isFullDisk(failure)) {
      return failure;
    }
    return new StoreFullException("the disk of the object store is full: make room on it", failure);
  }
}
