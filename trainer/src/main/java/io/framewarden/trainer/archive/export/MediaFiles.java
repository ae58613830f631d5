package io.framewarden.trainer.archive.export;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the inputs, in an order that does not depend on the file system. */
final class MediaFiles {
  private MediaFiles() {}

  /**
   * Every video and photograph under the inputs; other files in folders are passed over, a file
   * that is given by itself is always taken.
   *
   * @throws IOException when an input is missing, or none holds a video or photograph
   */
  static List<MediaFile> under(List<Path> inputs) throws IOException {
    List<MediaFile> files = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        files.addAll(folder(input));
      } else if (Files.isRegularFile(input)) {
        String name = input.getFileName().toString();
        files.add(
            new MediaFile(input, name, parentName(input) + name, MediaNames.isPhotograph(name)));
      } else {
        throw new NoSuchFileException(input.toString());
      }
    }
    if (files.isEmpty()) {
      throw new IOException(
          inputs
              + ": no video or photograph in there; endings looked for: "
              + MediaNames.endings());
    }
    return files;
  }

  private static List<MediaFile> folder(Path folder) throws IOException {
    Path real = folder.toRealPath();
    String own = real.getFileName() == null ? "" : real.getFileName() + "/";
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(path -> MediaNames.isMedia(path.getFileName().toString()))
          .filter(Files::isRegularFile)
          .map(path -> inFolder(folder, path, own))
          .sorted(Comparator.comparing(MediaFile::name))
          .toList();
    }
  }

  private static MediaFile inFolder(Path folder, Path path, String own) {
    String name = MediaNames.relative(folder, path);
    return new MediaFile(path, name, own + name, MediaNames.isPhotograph(name));
  }

  private static String parentName(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null || parent.getFileName() == null ? "" : parent.getFileName() + "/";
  }
}
