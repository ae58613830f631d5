package io.framewarden.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one run, {@code checkpoint-<step>.safetensors}. Keeps the last two: should the
 * disk lose the newest, the one before it is there.
 */
public final class CheckpointFolder {

  private static final Pattern NAME = Pattern.compile("checkpoint-\\d{9}\\.safetensors");
  private static final int KEPT = 2;

  private final Path folder;

  /**
   * @param folder need not exist
   */
  public CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /** Where the checkpoint after a number of steps belongs. */
  public Path of(long step) {
    return folder.resolve("checkpoint-%09d.safetensors".formatted(step));
  }

  /** The newest checkpoint. */
  public Optional<Path> latest() throws IOException {
    List<Path> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Deletes all but the newest ones. */
  public void prune() throws IOException {
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      Files.delete(old);
    }
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }
}
