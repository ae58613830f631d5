package io.framewarden.trainer.archive.layout;

import io.framewarden.trainer.archive.export.MediaFile;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lists the files of a data set, in an order that does not depend on the file system. */
final class DataFolders {
  private DataFolders() {}

  /** The videos and photographs directly in a folder; none when there is no such folder. */
  static List<Path> media(Path folder) throws IOException {
    return media(folder, 1);
  }

  /** The videos and photographs anywhere below a folder; none when there is no such folder. */
  static List<Path> allMedia(Path folder) throws IOException {
    return media(folder, Integer.MAX_VALUE);
  }

  /** The folders directly in a folder; none when there is no such folder. */
  static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** A file's name without its ending. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static List<Path> media(Path folder, int depth) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(path -> MediaFile.isMedia(path.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
