package io.framewarden.trainer.archive.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that does not have the layout of the data set named; shows what was expected and found.
 */
public final class LayoutException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ENTRIES = 12;

  /** A folder with another layout. */
  static LayoutException of(Path root, String problem, String expected) {
    return new LayoutException(
        root
            + ": "
            + problem
            + ". Expected:\n"
            + expected.stripTrailing()
            + "\nFound:\n"
            + found(root));
  }

  /** A file of the data set with unexpected content. */
  LayoutException(Path file, String problem) {
    this(file + ": " + problem);
  }

  private LayoutException(String message) {
    super(message);
  }

  /** The folder's first entries, two levels deep. */
  private static String found(Path root) {
    List<String> lines = new ArrayList<>();
    for (Path entry : entries(root)) {
      boolean folder = Files.isDirectory(entry);
      lines.add("  " + entry.getFileName() + (folder ? "/" : ""));
      if (folder) {
        entries(entry)
            .forEach(
                inner ->
                    lines.add(
                        "    " + inner.getFileName() + (Files.isDirectory(inner) ? "/" : "")));
      }
    }
    return lines.isEmpty() ? "  nothing" : String.join("\n", lines);
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().limit(MAX_ENTRIES).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
