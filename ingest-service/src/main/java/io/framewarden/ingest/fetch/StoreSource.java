package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.Refusal;
import io.framewarden.ingest.submission.RefusalKind;
import io.framewarden.runtime.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;

/** Objects of an object store below a prefix. */
final class StoreSource implements VideoSource {
  private final String prefix;
  private final ObjectStore store;

  /**
   * @param prefix ends in a slash
   */
  StoreSource(String prefix, ObjectStore store) {
    this.prefix = prefix;
    this.store = store;
  }

  @Override
  public boolean holds(URI uri) {
    return uri.toString().startsWith(prefix);
  }

  @Override
  public InputStream open(URI uri) throws Refusal, IOException {
    try {
      return store.open(uri);
    } catch (NoSuchFileException | IllegalArgumentException e) {
      throw new Refusal(RefusalKind.SOURCE_UNAVAILABLE, "there is no such object");
    }
  }

  @Override
  public void close() {
    // The store is the caller's.
  }
}
