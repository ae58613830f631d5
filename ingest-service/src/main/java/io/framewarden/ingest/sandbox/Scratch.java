package io.framewarden.ingest.sandbox;

import io.framewarden.runtime.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A child's folder for temporary files: natives are unpacked there and deleted once loaded. Where
 * the service is killed it goes when the next decoder is started.
 */
final class Scratch implements AutoCloseable {
  private final WorkFolder folder;

  private Scratch(WorkFolder folder) {
    this.folder = folder;
  }

  static Scratch create() throws IOException {
    return new Scratch(WorkFolder.in(WorkFolder.temporary("decoders")));
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
