package io.framewarden.runtime.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Opens the object store that a configuration or a command names. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Opens a store.
   *
   * @param where a folder's path, or its URI ({@code file:///srv/framewarden/objects})
   * @throws IllegalArgumentException when that kind of store is not supported; the message says
   *     what is
   */
  public static ObjectStore open(String where) throws IOException {
    if (where.startsWith("s3:")) {
      throw new IllegalArgumentException(
          where + ": S3 is not supported yet; name a folder, or a file: URI, that all can reach");
    }
    if (!where.startsWith("file:")) {
      return new FileObjectStore(Path.of(where));
    }
    URI uri = URI.create(where);
    try {
      return new FileObjectStore(Path.of(uri));
    } catch (IllegalArgumentException e) { // a host, a query, a relative path
      throw new IllegalArgumentException(where + " is no folder's URI, such as file:///srv/x", e);
    }
  }
}
