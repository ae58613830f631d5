package io.framewarden.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Locates data that is not part of the project: tests that need it are skipped where it is absent.
 */
public final class SharedData {
  private SharedData() {}

  /** A folder of the data; the calling test is skipped where it is absent. */
  public static Path folder(String name) {
    Path folder = path(name);
    assumeTrue(
        Files.isDirectory(folder),
        "there is no " + folder + "; the property framewarden.shared names its parent");
    return folder;
  }

  /** Where the data would be, for tests that can do without it. */
  public static Path path(String name) {
    return Path.of(System.getProperty("framewarden.shared", "../../shared"), name);
  }

  /** So many photographs of faces, spread over all there are. */
  public static List<Path> photographs(int count) throws IOException {
    try (Stream<Path> files = Files.list(folder("faces/fairface"))) {
      List<Path> all = files.sorted().toList();
      return Stream.iterate(0, i -> i + all.size() / count).limit(count).map(all::get).toList();
    }
  }
}
