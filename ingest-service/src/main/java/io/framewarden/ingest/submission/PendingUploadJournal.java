package io.framewarden.ingest.submission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notes, one empty file for each video whose content is being stored and announced. A note that a
 * process finds at its start tells of content that nobody may know of: whoever sent it got no
 * answer. One process uses the folder. Safe for several threads.
 */
public final class PendingUploadJournal {
  /** What becomes of content that may be nobody's. */
  @FunctionalInterface
  public interface Resolution {
    void resolve(String videoId) throws IOException;
  }

  private final Path folder;
  private final Set<String> left;

  /** Reads what an earlier process left; the folder is made when it is missing. */
  public PendingUploadJournal(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      this.left =
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(HashSet::new));
    }
  }

  /** Before anything of a video is stored. */
  synchronized void begin(String videoId) throws IOException {
    left.remove(videoId); // the same request again: from here on it is this one's
    Path note = folder.resolve(videoId);
    if (!Files.exists(note)) {
      Files.createFile(note);
    }
  }

  /** When the content is announced, or gone again. */
  synchronized void end(String videoId) throws IOException {
    Files.deleteIfExists(folder.resolve(videoId));
  }

  /**
   * Resolves what an earlier process left, once.
   *
   * @throws IOException when one cannot be resolved now: its note stays, and it may be tried again
   */
  public synchronized void resolve(Resolution resolution) throws IOException {
    for (Optional<String> next = next(); next.isPresent(); next = next()) {
      resolution.resolve(next.get());
      Files.deleteIfExists(folder.resolve(next.get()));
      left.remove(next.get());
    }
  }

  private Optional<String> next() {
    return left.stream().findFirst();
  }
}
