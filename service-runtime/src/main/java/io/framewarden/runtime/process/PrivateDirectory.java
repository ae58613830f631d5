package io.framewarden.runtime.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that nobody else can write to, at names that others can guess: in /tmp another user may
 * have made the folder, or a link, before us, and then put a library or a lock into it. Where the
 * system has no owners of files (Windows), any folder will do. Safe for several threads.
 */
public final class PrivateDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final int WRITABLE_BY_ALL = 02;
  private static final int ROOT = 0;

  /** What stands for a name that is not ours, for the rest of this process. */
  private static final Map<Path, Path> SUBSTITUTES = new ConcurrentHashMap<>();

  private PrivateDirectory() {}

  /**
   * Makes a folder for its owner only, or takes the one that is there if it is: a folder and no
   * link, this user's, writable by no other, and so is every folder that leads to it, but for those
   * in which nobody can rename what is another's, such as /tmp. Missing parents are made alike.
   *
   * @return its real path
   * @throws IOException naming what is wrong with it, and how to mend that
   */
  public static Path at(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (!FileOwners.KNOWN) {
      return Files.createDirectories(absolute).toRealPath();
    }
    Path above = absolute.getParent();
    if (above == null) {
      throw refused(absolute, "is the root of the file system");
    }
    if (!Files.exists(above)) {
      at(above);
    }
    // Links further up are as good as who made them: the folders that hold them are looked at.
    Path parent = above.toRealPath();
    checkWay(above.toAbsolutePath());
    checkWay(parent);
    Path folder = parent.resolve(absolute.getFileName());
    try {
      Files.createDirectory(folder, ownerOnly());
    } catch (FileAlreadyExistsException e) {
      checkOwn(folder);
    }
    return folder;
  }

  /**
   * Makes a folder to work in, for its owner only. Below a folder that every user can write to it
   * is one as {@link #orFresh} gives; elsewhere, one that is there is taken as it is, since who
   * runs this process chose it.
   *
   * @return its real path
   */
  public static Path claim(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (FileOwners.KNOWN && isBelowShared(absolute)) {
      return orFresh(absolute);
    }
    return Files.createDirectories(absolute, ownerOnly()).toRealPath();
  }

  private static boolean isBelowShared(Path path) throws IOException {
    for (Path step = path.getParent(); step != null; step = step.getParent()) {
      if (Files.isDirectory(step) && (FileOwners.mode(step.toRealPath()) & WRITABLE_BY_ALL) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * As {@link #at}, but where that folder is not ours, a fresh one beside it or else in the folder
   * for temporary files, whose name nobody can guess; the same one for the rest of this process.
   * The log says so, and why.
   *
   * @throws IOException when none can be made there or in the folder for temporary files
   */
  public static Path orFresh(Path path) throws IOException {
    Path substitute = SUBSTITUTES.get(path);
    if (substitute != null) {
      return substitute;
    }
    try {
      return at(path);
    } catch (IOException e) {
      synchronized (SUBSTITUTES) {
        Path fresh = SUBSTITUTES.get(path);
        if (fresh == null) {
          fresh = fresh(path);
          SUBSTITUTES.put(path, fresh);
          LOG.warn("{}; this process uses {} instead", e.getMessage(), fresh);
        }
        return fresh;
      }
    }
  }

  private static Path fresh(Path path) throws IOException {
    String prefix = path.getFileName() + "-";
    Path parent = path.toAbsolutePath().normalize().getParent();
    try {
      checkWay(parent);
      checkWay(parent.toRealPath());
      return Files.createTempDirectory(parent, prefix, ownerOnly()).toRealPath();
    } catch (IOException e) {
      return Files.createTempDirectory(prefix, ownerOnly()).toRealPath();
    }
  }

  /** Attributes that a new folder has from its first moment on. */
  static FileAttribute<?>[] ownerOnly() {
    return FileOwners.KNOWN
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static void checkOwn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(folder, "is a link or a file where a folder should be; remove it");
    }
    if (FileOwners.owner(folder) != FileOwners.self()) {
      throw refused(folder, "belongs to another user; remove it");
    }
    if ((FileOwners.mode(folder) & WRITABLE_BY_OTHERS) != 0) {
      throw refused(folder, "can be written to by others; empty it and chmod it to 0700");
    }
    // Others could read it until now, as older versions let them, but put nothing in.
    Files.setPosixFilePermissions(folder, OWNER_ONLY);
  }

  private static void checkWay(Path folder) throws IOException {
    for (Path step = folder; step != null; step = step.getParent()) {
      int owner = FileOwners.owner(step);
      if (owner != ROOT && owner != FileOwners.self()) {
        throw refused(step, "belongs to another user, who can replace what is in it");
      }
      boolean link = Files.isSymbolicLink(step);
      int mode = FileOwners.mode(step);
      if (!link && (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
        throw refused(step, "can be written to by others; chmod it to go-w");
      }
    }
  }

  private static IOException refused(Path path, String problem) {
    return new IOException("the folder " + path + " " + problem);
  }
}
