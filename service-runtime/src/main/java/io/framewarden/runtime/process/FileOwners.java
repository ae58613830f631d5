package io.framewarden.runtime.process;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Whose files are, of links themselves rather than of what they lead to. Safe for threads. */
final class FileOwners {
  /** Whether this system has such owners; the methods may be called where it has. */
  static final boolean KNOWN =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private static int self = -1;

  private FileOwners() {}

  /** The number of a file's owner; 0 is root's. */
  static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** A file's permissions with the sticky bit, as stat has them. */
  static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  /** This process's user, as the files that it makes show; Java has no other way to ask. */
  static synchronized int self() throws IOException {
    if (self < 0) {
      Path file = Files.createTempFile("framewarden-owner", null);
      try {
        self = owner(file);
      } finally {
        Files.delete(file);
      }
    }
    return self;
  }
}
