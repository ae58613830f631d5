package io.framewarden.ingest.sources;

import io.framewarden.runtime.store.OpenDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that others put files into, and may do anything else to, while it is worked on. Nothing
 * is read, written or moved through a link: {@code done} and {@code refused} are folders or nothing
 * works, reasons are new files, and a file is first moved to a folder of this process alone, where
 * nobody can exchange it any more, then looked at and read. One thread; made anew for each look.
 */
final class WatchedFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
  private static final String DONE = "done";
  private static final String REFUSED = "refused";

  /** A dot: not taken for a file that somebody put there. */
  private static final String TAKING = ".taking-";

  private static final String PRIVATE = "rwx------";
  private static final String REASON = ".reason.txt";

  /** File systems take 255, and ids and endings are added. */
  private static final int MAX_NAME_BYTES = 200;

  private final Path folder;
  private final OpenDirectory root;
  private final List<Path> names;
  private OpenDirectory done;
  private OpenDirectory refused;

  /** Null until the first file is taken. */
  private OpenDirectory taking;

  private Path takingName;

  private WatchedFolder(Path folder, OpenDirectory root) throws IOException {
    this.folder = folder;
    this.root = root;
    this.names = root.names();
  }

  /**
   * Opens the folder, and those for what was taken, which are made where they are missing. Files
   * that a process had taken when it died are put back.
   *
   * @throws IOException when one of them cannot be used, a link for example
   */
  static WatchedFolder open(Path folder) throws IOException {
    OpenDirectory root = OpenDirectory.open(folder);
    WatchedFolder opened = null;
    boolean good = false;
    try {
      opened = new WatchedFolder(folder, root);
      opened.done = opened.subfolder(DONE);
      opened.refused = opened.subfolder(REFUSED);
      opened.putBackLeftovers();
      good = true;
      return opened;
    } finally {
      if (!good) {
        root.close();
      }
    }
  }

  /** Regular files with one name, in order; not those whose name begins with a dot. */
  List<Path> files() {
    return names.stream()
        .filter(name -> !name.toString().startsWith("."))
        .filter(name -> isPlainFile(root, name))
        .sorted()
        .toList();
  }

  BasicFileAttributes attributes(Path name) throws IOException {
    return root.attributes(name);
  }

  /**
   * Takes a file, to be read, accepted, refused or put back.
   *
   * @return its size; nothing where it is no file any more, and was put back
   */
  Optional<Long> take(Path name) throws IOException {
    if (taking == null) {
      makePrivate();
    }
    root.move(name, taking, name);
    if (isPlainFile(taking, name)) {
      return Optional.of(taking.attributes(name).size());
    }
    LOG.warn("{} in {} was exchanged for something that is no file", name, folder);
    putBack(taking, name);
    return Optional.empty();
  }

  /** The content of a file that was taken; the caller closes it. */
  InputStream read(Path name) throws IOException {
    return Channels.newInputStream(taking.read(name));
  }

  /** Moves a file that was taken to those that are done. */
  void accept(Path name, String videoId) throws IOException {
    String wanted = videoId + "-" + end(name.toString());
    taking.move(name, done, named(done.holds(named(wanted)) ? unique(wanted) : wanted));
  }

  /** Moves a file that was taken to those that are refused, and writes why beside it. */
  void refuse(Path name, String reason) throws IOException {
    Path kept = named(end(name.toString()));
    if (refused.holds(kept) || refused.holds(named(kept + REASON))) {
      kept = named(unique(kept.toString()));
    }
    taking.move(name, refused, kept);
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Channels.newOutputStream(createReason(kept))) {
      out.write(text);
    }
  }

  /** Puts a file that was taken back, if it is still there: it is tried again. */
  void putBack(Path name) throws IOException {
    if (taking != null && taking.holds(name)) {
      putBack(taking, name);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (taking != null) {
        taking.close();
        root.deleteFolder(takingName);
      }
    } catch (FileSystemException e) {
      LOG.debug("{} stays for now: {}", takingName, e.toString()); // the next look puts back
    } finally {
      done.close();
      refused.close();
      root.close();
    }
  }

  private WritableByteChannel createReason(Path kept) throws IOException {
    try {
      return refused.create(named(kept + REASON));
    } catch (FileAlreadyExistsException e) { // put there meanwhile
      return refused.create(named(unique(kept + REASON)));
    }
  }

  private OpenDirectory subfolder(String name) throws IOException {
    if (!root.holds(Path.of(name))) {
      Files.createDirectory(folder.resolve(name));
    }
    return root.subfolder(Path.of(name));
  }

  /** Its name cannot be known before it is there, and what is opened is checked to be it. */
  private void makePrivate() throws IOException {
    Path name = Path.of(TAKING + UUID.randomUUID());
    Files.createDirectory(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
    OpenDirectory made = root.subfolder(name);
    if (!isPrivate(made)) {
      made.close();
      throw new FileSystemException(
          folder.resolve(name).toString(), null, "it was exchanged for a folder of others");
    }
    taking = made;
    takingName = name;
  }

  private static boolean isPrivate(OpenDirectory directory) throws IOException {
    PosixFileAttributes attributes = directory.attributes();
    return attributes.owner().equals(Files.getOwner(Path.of("/proc/self")))
        && PosixFilePermissions.toString(attributes.permissions()).equals(PRIVATE);
  }

  private void putBackLeftovers() throws IOException {
    for (Path name : names) {
      if (!name.toString().startsWith(TAKING) || !root.attributes(name).isDirectory()) {
        continue;
      }
      try (OpenDirectory left = root.subfolder(name)) {
        if (isPrivate(left)) {
          for (Path file : left.names()) {
            putBack(left, file);
          }
          root.deleteFolder(name);
        }
      } catch (FileSystemException e) {
        LOG.debug("{} is not looked at: {}", name, e.toString());
      }
    }
  }

  private void putBack(OpenDirectory from, Path name) throws IOException {
    from.move(name, root, root.holds(name) ? named(unique(end(name.toString()))) : name);
  }

  /** Another name of a file may be one that this process may read and who put it there may not. */
  private static boolean isPlainFile(OpenDirectory in, Path name) {
    try {
      return in.attributes(name).isRegularFile() && in.links(name).equals(Optional.of(1));
    } catch (NoSuchFileException e) {
      return false; // taken away again
    } catch (IOException e) {
      LOG.debug("{} is not looked at: {}", name, e.toString());
      return false;
    }
  }

  private static String unique(String name) {
    return UUID.randomUUID() + "-" + name;
  }

  /** The end of a name, with its ending: with an id before it, it still must be one. */
  private static String end(String name) {
    int from = 0;
    while (name.substring(from).getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      from = name.offsetByCodePoints(from, 1);
    }
    return name.substring(from);
  }

  /** A name's bytes may be no text in the locale of this process: then it can be read, not made. */
  private static Path named(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return Path.of(name.replaceAll("[^ -~]", "_"));
    }
  }
}
