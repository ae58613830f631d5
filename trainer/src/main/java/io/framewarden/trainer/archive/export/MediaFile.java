package io.framewarden.trainer.archive.export;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A video or photograph on disk.
 *
 * @param path where it is
 * @param name relative to the folder that was given, with '/' between folders; the file's name for
 *     a file that was given itself
 * @param labelled the name with the given folder's own name before it, from which the folder layout
 *     takes its labels
 * @param photograph a still image rather than a video
 */
public record MediaFile(Path path, String name, String labelled, boolean photograph) {
  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "flv");
  private static final Set<String> PHOTOGRAPHS = Set.of("jpg", "jpeg", "png", "webp", "bmp");

  /** Whether a file's name is a video's or a photograph's. */
  public static boolean isMedia(String name) {
    return VIDEOS.contains(extension(name)) || isPhotograph(name);
  }

  /** Whether a file's name is a photograph's. */
  public static boolean isPhotograph(String name) {
    return PHOTOGRAPHS.contains(extension(name));
  }

  /** A file's name from a folder on, with '/' between folders. */
  public static String relativeName(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /**
   * Every video and photograph under the inputs, in an order that does not depend on the file
   * system; other files in folders are ignored, a file that is given by itself is always taken.
   *
   * @throws IOException when an input is missing, or none holds a video or photograph
   */
  static List<MediaFile> under(List<Path> inputs) throws IOException {
    List<MediaFile> files = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        files.addAll(inFolder(input));
      } else if (Files.isRegularFile(input)) {
        String name = input.getFileName().toString();
        files.add(new MediaFile(input, name, parentName(input) + name, isPhotograph(name)));
      } else {
        throw new NoSuchFileException(input.toString());
      }
    }
    if (files.isEmpty()) {
      List<String> extensions =
          Stream.concat(VIDEOS.stream(), PHOTOGRAPHS.stream()).sorted().toList();
      throw new IOException(
          inputs + ": no video or photograph in there; known endings are " + extensions);
    }
    return files;
  }

  private static List<MediaFile> inFolder(Path folder) throws IOException {
    Path real = folder.toRealPath();
    String own = real.getFileName() == null ? "" : real.getFileName() + "/";
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(path -> isMedia(path.getFileName().toString()))
          .filter(Files::isRegularFile)
          .map(
              path -> {
                String name = relativeName(folder, path);
                return new MediaFile(path, name, own + name, isPhotograph(name));
              })
          .sorted(Comparator.comparing(MediaFile::name))
          .toList();
    }
  }

  private static String parentName(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null || parent.getFileName() == null ? "" : parent.getFileName() + "/";
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The name of the file without folders and extension. */
  String stem() {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
