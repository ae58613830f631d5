package io.framewarden.trainer.archive.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a file's name says of it. */
public final class MediaNames {
  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "flv");
  private static final Set<String> PHOTOGRAPHS = Set.of("jpg", "jpeg", "png", "webp", "bmp");

  private MediaNames() {}

  /** Whether it is a video or a photograph. */
  public static boolean isMedia(String name) {
    return VIDEOS.contains(ending(name)) || isPhotograph(name);
  }

  /** Whether it is a photograph. */
  public static boolean isPhotograph(String name) {
    return PHOTOGRAPHS.contains(ending(name));
  }

  /** A file's name from a folder on, with '/' between folders. */
  public static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Every ending that is looked for. */
  static List<String> endings() {
    return Stream.concat(VIDEOS.stream(), PHOTOGRAPHS.stream()).sorted().toList();
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
