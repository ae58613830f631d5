package io.framewarden.ingest.fetch;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.store.OpenDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files below a folder, wherever links in it lead. What a name leads to is found out first, and
 * then opened folder by folder without following links: one that is put there meanwhile leads
 * nowhere.
 */
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
  public FetchedVideo open(URI uri) throws ApiException, IOException {
    try {
      Path file = path(uri).toRealPath();
      if (!file.startsWith(real) || file.equals(real)) {
        throw missing();
      }
      SeekableByteChannel content = walk(real.relativize(file));
      return new FetchedVideo(Channels.newInputStream(content), content.size());
    } catch (FileSystemException e) {
      throw missing();
    }
  }

  private SeekableByteChannel walk(Path file) throws IOException {
    OpenDirectory at = openRoot();
    try {
      for (int depth = 0; depth < file.getNameCount() - 1; depth++) {
        OpenDirectory next = at.subfolder(file.getName(depth));
        at.close();
        at = next;
      }
      return at.read(file.getFileName());
    } finally {
      at.close();
    }
  }

  /** The folder itself, and none that a link at its name leads to. */
  private OpenDirectory openRoot() throws IOException {
    OpenDirectory root = OpenDirectory.open(real);
    Object named =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    if (!root.attributes().fileKey().equals(named)) {
      root.close();
      throw new NotDirectoryException(real.toString());
    }
    return root;
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
