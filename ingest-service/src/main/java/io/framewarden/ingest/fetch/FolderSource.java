package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files below a folder, wherever links in it lead. */
final class FolderSource implements VideoSource {
  private final Path named;
  private final Path real;

  /** The folder must exist. */
  FolderSource(Path folder) throws IOException {
    this.named = folder.toAbsolutePath().normalize();
    this.real = folder.toRealPath();
  }

  @Override
  public boolean holds(URI uri) {
    return "file".equals(uri.getScheme()) && path(uri).startsWith(named);
  }

  @Override
  public InputStream open(URI uri) throws ApiException, IOException {
    Path file;
    try {
      file = path(uri).toRealPath();
    } catch (FileSystemException e) {
      throw missing();
    }
    // Links are resolved by now, so that none can lead away while the file is opened.
    if (!file.startsWith(real) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw missing();
    }
    try {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    } catch (FileSystemException e) {
      throw missing();
    }
  }

  @Override
  public void close() {
    // A folder needs no closing.
  }

  private static Path path(URI uri) {
    try {
      return Path.of(uri).normalize();
    } catch (IllegalArgumentException e) { // a host, a query, a zero byte
      return Path.of("");
    }
  }

  /** The same for what is missing and what is elsewhere: nobody shall find out what files exist. */
  private static ApiException missing() {
    return new ApiException(
        ProblemType.SOURCE_UNAVAILABLE, "there is no such file in the allowed folder");
  }
}
