package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's sources and pages, as the tests of its documents read them. */
final class Repository {
  private static final String WRITE = "framewarden.docs.write";

  private Repository() {}

  static Path root() {
    return Path.of(System.getProperty("framewarden.home")).toAbsolutePath().normalize();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sources of every module, tests included. */
  static List<Path> sources() {
    return list(root(), 1).stream()
        .map(module -> module.resolve("src"))
        .filter(Files::isDirectory)
        .flatMap(sources -> list(sources, Integer.MAX_VALUE).stream())
        .filter(file -> file.toString().endsWith(".java"))
        .toList();
  }

  /** The main sources of every module. */
  static List<Path> mainSources() {
    return sources().stream().filter(file -> file.toString().contains("/src/main/java/")).toList();
  }

  /** The class that a main source declares. */
  static Class<?> classIn(Path source) throws ClassNotFoundException {
    String path = source.toString();
    String name = path.substring(path.indexOf("src/main/java/") + "src/main/java/".length());
    return Class.forName(name.replace(".java", "").replace('/', '.'));
  }

  /** Every page of text: those of the root, of docs and of the modules. */
  static List<Path> pages() {
    return list(root(), 2).stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  /** A page's or source's path from the root on, for messages. */
  static String name(Path file) {
    return root().relativize(file).toString();
  }

  /**
   * Checks that a generated page is what it would be written as now. With {@code
   * -Dframewarden.docs.write=true} it is written instead.
   */
  static void checkGenerated(String page, String expected) throws IOException {
    Path file = root().resolve(page);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(file, expected);
    }
    List<String> written = Files.exists(file) ? text(file).lines().toList() : List.of();
    List<String> wanted = expected.lines().toList();
    assertEquals(
        lines(wanted, written),
        lines(written, wanted),
        page + " is stale; run the test with -D" + WRITE + "=true, which writes it");
    assertEquals(wanted, written, page + " has its lines in another order");
  }

  private static List<String> lines(List<String> from, List<String> without) {
    return from.stream().filter(line -> !without.contains(line)).toList();
  }

  private static List<Path> list(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
