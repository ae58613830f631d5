package io.framewarden.trainer.archive.export;

import io.framewarden.runtime.store.LocalCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a file of a data set is: on disk, or in an object store. Safe for several threads. */
public interface ArchiveSource {
  /** How many bytes it has. */
  long size() throws IOException;

  /**
   * Fetches the file, which stays for as long as the copy is open; the caller closes it.
   *
   * @throws NoSuchFileException when it is gone
   */
  LocalCopy awaitLocalCopy() throws IOException;

  /** A file on disk. */
  static ArchiveSource of(Path file) {
    return new ArchiveSource() {
      @Override
      public long size() throws IOException {
        return Files.size(file);
      }

      @Override
      public LocalCopy awaitLocalCopy() {
        return LocalCopy.itself(file);
      }
    };
  }
}
