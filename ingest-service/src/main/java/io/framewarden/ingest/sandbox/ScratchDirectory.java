package io.framewarden.ingest.sandbox;

import io.framewarden.runtime.process.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A child's two folders: one for temporary files, where natives are unpacked and deleted once
 * loaded, and one that it can only read, where the video of the moment is. Where the service is
 * killed they go when the next decoder is started. Used by one thread at a time.
 */
final class ScratchDirectory implements AutoCloseable {
  private final WorkDirectory folder;
  private final Path temporary;
  private final Path handover;
  private Path offered;

  private ScratchDirectory(WorkDirectory folder) throws IOException {
    this.folder = folder;
    this.temporary = Files.createDirectory(folder.path().resolve("temporary"));
    this.handover = Files.createDirectory(folder.path().resolve("video"));
  }

  static ScratchDirectory create() throws IOException {
    return new ScratchDirectory(WorkDirectory.in(WorkDirectory.temporary("decoders")));
  }

  Path temporary() {
    return temporary;
  }

  Path handover() {
    return handover;
  }

  /**
   * Shows the child a video, and no other: under a second name, or a copy of it where the video is
   * on another file system.
   *
   * @return where it is for the child; nothing is there where the video is not
   */
  Path offer(Path video) throws IOException {
    withdraw();
    Path name = handover.resolve(video.getFileName());
    try {
      Path file = video.toRealPath();
      offered = name;
      try {
        Files.createLink(name, file);
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(file, name);
      }
    } catch (NoSuchFileException e) {
      return name; // the child says so
    }
    return name;
  }

  /** Takes the video away. */
  void withdraw() throws IOException {
    if (offered != null) {
      Files.deleteIfExists(offered);
      offered = null;
    }
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
