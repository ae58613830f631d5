package io.framewarden.runtime.store.factory;

import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.StoreLocation;
import io.framewarden.runtime.store.s3.S3ObjectStore;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Opens the object store that a configuration or a command names. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Opens a store and removes what broken-off writers left in it.
   *
   * @throws IllegalArgumentException when that kind of store is not supported; the message says
   *     what is
   * @throws IOException when it cannot be used
   */
  public static ObjectStore open(StoreConfig config) throws IOException {
    return open(config, config::minFreeBytes);
  }

  /**
   * Opens a store beside others that need its disk.
   *
   * @param reserved tells how much of the disk that it writes to it leaves free, whatever the
   *     configuration says
   */
  public static ObjectStore open(StoreConfig config, LongSupplier reserved) throws IOException {
    StoreLocation location = StoreLocation.parse(config.where());
    return location.folder().isPresent()
        ? new FileObjectStore(location.folder().get(), reserved, config.staleAfter())
        : S3ObjectStore.open(config, location.bucket(), location.prefix(), reserved);
  }
}
