package io.framewarden.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An object as a local file, from {@link ObjectStore#local} until it is closed. Read it, do not
 * change or delete it. Owned by whoever asked for it.
 */
public final class LocalCopy implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private LocalCopy(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /** The object's own file: stays when the copy is closed. */
  public static LocalCopy itself(Path path) {
    return new LocalCopy(path, false);
  }

  /** A file that is deleted when the copy is closed. */
  public static LocalCopy temporary(Path path) {
    return new LocalCopy(path, true);
  }

  /** The file; may be gone once this is closed. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }
}
