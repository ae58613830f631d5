package io.framewarden.runtime.process;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a confined process sees of the file system beside the system's own programs and libraries.
 * All paths are absolute, and are the same inside as outside.
 *
 * @param readable files and folders, with everything below them; what does not exist is left out
 * @param writable files, folders and devices that exist
 * @param scratch folders of which only what else is named is there at first; what is written to
 *     them is gone with the process. Where the kernel cannot do that, they are themselves, and
 *     those that hold something readable can only be read
 */
public record FileView(Set<Path> readable, Set<Path> writable, Set<Path> scratch) {
  /** Nothing but the system. */
  public static final FileView SYSTEM = new FileView(Set.of(), Set.of(), Set.of());

  public FileView {
    readable = absolute(readable);
    writable = absolute(writable);
    scratch = absolute(scratch);
  }

  /** The same with everything of another. */
  public FileView plus(FileView more) {
    return new FileView(
        union(readable, more.readable),
        union(writable, more.writable),
        union(scratch, more.scratch));
  }

  private static Set<Path> union(Set<Path> some, Set<Path> more) {
    Set<Path> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }

  /** Sorted, so that folders come before what they hold. */
  private static Set<Path> absolute(Set<Path> paths) {
    Set<Path> all = new TreeSet<>();
    paths.forEach(path -> all.add(path.toAbsolutePath().normalize()));
    return all;
  }
}
