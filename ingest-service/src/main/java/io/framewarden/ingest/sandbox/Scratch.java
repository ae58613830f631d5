package io.framewarden.ingest.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A child's folder for temporary files: natives are unpacked there and deleted once loaded. */
final class Scratch implements AutoCloseable {
  private static final String PREFIX = "framewarden-decoder-";

  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  static Scratch create() throws IOException {
    return new Scratch(Files.createTempDirectory(PREFIX));
  }

  /** The folder of a child that another process started. */
  static Scratch of(String id) {
    return new Scratch(Path.of(System.getProperty("java.io.tmpdir")).resolve(PREFIX + id));
  }

  /** Names the child. */
  String id() {
    return folder.getFileName().toString().substring(PREFIX.length());
  }

  Path folder() {
    return folder;
  }

  /** Deletes what a child left, which is nothing unless it died while it was starting. */
  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      return; // a temporary folder's own keeper will find it
    }
  }
}
