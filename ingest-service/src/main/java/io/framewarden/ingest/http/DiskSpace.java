package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.store.FreeSpace;
import io.framewarden.runtime.store.ObjectStore;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.io.IOException;
import java.nio.file.Path;

/** The disks that uploads need. What there is now is what counts: nothing has to be reset. */
final class DiskSpace {
  private final ObjectStore store;
  private final FreeSpace staging;

  private interface Disk {
    long free() throws IOException;
  }

  /**
   * @param staging where unfinished uploads lie; exists
   */
  DiskSpace(ObjectStore store, Path staging, CollectorRegistry registry) {
    this.store = store;
    this.staging = new FreeSpace(staging, 0);
    Gauge free =
        Gauge.build("framewarden_disk_free_bytes", "Bytes that uploads may take of a disk.")
            .labelNames("disk")
            .create();
    free.setChild(gauge(store::freeBytes), "store");
    free.setChild(gauge(this.staging::bytes), "staging");
    registry.register(free);
  }

  /** Refuses content that is announced to be larger than the room for it. */
  void check(long announced) throws ApiException, IOException {
    if (announced > store.freeBytes()) {
      throw new ApiException(
          ProblemType.STORAGE_FULL, "the server has no room for this file now; try again later");
    }
  }

  /** Ready all the same: status, deletion and extraction need no room. */
  Health health() {
    try {
      if (store.freeBytes() == 0) {
        return Health.ready("uploads are refused: the disk of the object store is full");
      }
      return staging.bytes() == 0
          ? Health.ready("resumable uploads are refused: the disk of the staging folder is full")
          : Health.ready();
    } catch (IOException e) {
      return Health.ready("a disk cannot be looked at: " + e.getMessage());
    }
  }

  private static Gauge.Child gauge(Disk disk) {
    return new Gauge.Child() {
      @Override
      public double get() {
        try {
          return disk.free();
        } catch (IOException e) {
          return Double.NaN;
        }
      }
    };
  }
}
