package io.framewarden.detector.release;

import io.framewarden.runtime.process.PrivateDirectory;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.ModelRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Released artifacts in a local folder, by digest. The least recently used are evicted when there
 * are too many bytes; a model that is loaded does not need its folder any more. Several processes
 * may share the folder. For one thread.
 */
public final class ArtifactCache {
  private static final String PARTIAL = ".part-";
  private static final long ABANDONED_AFTER_SECONDS = 3600;

  private final ArtifactRepository store;
  private Path root;
  private final long maxBytes;

  /**
   * @param root made when it is not there
   * @param maxBytes to keep
   */
  public ArtifactCache(ArtifactRepository store, Path root, long maxBytes) {
    this.store = store;
    this.root = root;
    this.maxBytes = maxBytes;
  }

  /**
   * Finds the folder of a released artifact, fetching it if need be. Every byte of it has been
   * checked by then.
   *
   * @throws ModelRefusedException when it cannot be fetched, or is not what was released
   * @throws UncheckedIOException when the folder cannot be used
   */
  public Path obtain(ModelRelease release) {
    try {
      root = PrivateDirectory.claim(root);
      removeAbandoned();
      if (!release.getModelDigest().matches("[0-9a-f]{64}")) {
        throw new ModelRefusedException(
            ModelRefusedException.Reason.DIGEST,
            "the release of model "
                + release.getModelName()
                + " names no sha256: "
                + release.getModelDigest());
      }
      Path folder = root.resolve(release.getModelDigest());
      if (!isSound(folder, release)) {
        fetch(release, folder);
      }
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
      evict(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("the cache of models in " + root + " cannot be used", e);
    }
  }

  private static boolean isSound(Path folder, ModelRelease release) {
    try {
      return Files.isDirectory(folder)
          && ModelArtifact.open(folder).digest().equals(release.getModelDigest());
    } catch (InvalidArtifactException e) {
      return false; // damaged since it was fetched: fetch it again
    }
  }

  private void fetch(ModelRelease release, Path folder) throws IOException {
    Path partial = Files.createDirectory(root.resolve(PARTIAL + UUID.randomUUID()));
    try {
      store.fetch(release, partial, maxBytes);
      delete(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(partial);
    }
  }

  private void evict(Path kept) throws IOException {
    List<Path> oldestFirst = new ArrayList<>(folders());
    oldestFirst.remove(kept);
    oldestFirst.sort(Comparator.comparing(ArtifactCache::lastUsed));
    long bytes = size(kept);
    for (Path folder : oldestFirst) {
      bytes += size(folder);
    }
    for (Path folder : oldestFirst) {
      if (bytes <= maxBytes) {
        return;
      }
      bytes -= size(folder);
      delete(folder);
    }
  }

  /** Removes what a process left behind that died while it fetched. */
  private void removeAbandoned() throws IOException {
    Instant before = Instant.now().minusSeconds(ABANDONED_AFTER_SECONDS);
    try (Stream<Path> all = Files.list(root)) {
      for (Path partial :
          all.filter(path -> path.getFileName().toString().startsWith(PARTIAL)).toList()) {
        if (lastUsed(partial).isBefore(before)) {
          delete(partial);
        }
      }
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(path -> !path.getFileName().toString().startsWith(PARTIAL)).toList();
    }
  }

  private static Instant lastUsed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toInstant();
    } catch (IOException e) {
      return Instant.now(); // another process is using it
    }
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
