package io.framewarden.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object as a local file, from {@link ObjectStore#local} until it is closed. Read it, do not
 * change or delete it. Owned by whoever asked for it.
 */
public final class LocalCopy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCopy.class);

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

  /** Gives the file back. One that cannot be deleted is, when its store is closed or made anew. */
  @Override
  public void close() {
    if (temporary) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.warn("{} could not be deleted: {}", path, e.toString());
      }
    }
  }
}
