package io.framewarden.ingest.sandbox;

import io.framewarden.runtime.process.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A child's folder for temporary files: natives are unpacked there and deleted once loaded. Where
 * the service is killed it goes when the next decoder is started.
 */
final class ScratchDirectory implements AutoCloseable {
  private final WorkDirectory folder;

  private ScratchDirectory(WorkDirectory folder) {
    this.folder = folder;
  }

  static ScratchDirectory create() throws IOException {
    return new ScratchDirectory(WorkDirectory.in(WorkDirectory.temporary("decoders")));
  }

  Path folder() {
    return folder.path();
  }

  /** Deletes what a child left, which is nothing unless it died while it was starting. */
  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      return; // the next one finds it
    }
  }
}
