package io.framewarden.standalone.command;

import io.framewarden.runtime.command.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The data folder of one command: a given one that stays, or a temporary one that goes. */
public final class Workspace implements AutoCloseable {
  private final Path folder;
  private final boolean temporary;

  private Workspace(Path folder, boolean temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  /** The given folder, or a temporary one when null. */
  public static Workspace open(Path given) {
    try {
      return given == null
          ? new Workspace(Files.createTempDirectory("framewarden-"), true)
          : new Workspace(Files.createDirectories(given), false);
    } catch (IOException e) {
      throw new UserError(
          (given == null ? "the temporary folder" : given.toString())
              + " cannot be used for data: "
              + e.getMessage());
    }
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    if (!temporary || !Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE; // a process that is ending removed it first
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException error) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
