package io.framewarden.ingest.pace;

import java.util.Optional;

/**
 * The room on the disk that uploads share with what is made of them, where one process knows both.
 * Safe for several threads.
 */
public interface DiskRoom {
  /** Nothing is known of the brokers' disks. */
  DiskRoom UNKNOWN =
      new DiskRoom() {
        @Override
        public long reservedBytes() {
          return 0;
        }

        @Override
        public Optional<String> shortage() {
          return Optional.empty();
        }
      };

  /** How many bytes uploads leave free for what is made of those that were accepted. */
  long reservedBytes();

  /** Why nothing more may be published now, with the remedy; empty while there is room. */
  Optional<String> shortage();
}
