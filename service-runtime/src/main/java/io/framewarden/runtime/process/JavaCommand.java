package io.framewarden.runtime.process;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The command line of a main class in a child process: the same Java and, unless {@link
 * #CLASS_PATH} says otherwise, the same class path. Where there is a class data sharing archive the
 * child maps its classes from it instead of reading and verifying them, which spares a good part of
 * its start. An archive that does not fit only costs time.
 */
public final class JavaCommand {
  /** System property: the class path of child processes, where it is not this process's own. */
  public static final String CLASS_PATH = "framewarden.child.class.path";

  /** System property: the class data sharing archive for child processes. */
  public static final String ARCHIVE = "framewarden.class.archive";

  /** System property: a folder where each child process lists its classes, to make an archive. */
  public static final String CLASS_LISTS = "framewarden.class.lists";

  private JavaCommand() {}

  /**
   * Builds a command line.
   *
   * @param flags of the JVM, {@code -D...} among them
   * @param arguments of the main class
   */
  public static List<String> of(Class<?> main, List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(sharing());
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /**
   * The files that such a command reads: Java itself, and the class path with everything that its
   * jars name in turn. A folder that holds nothing else stands for its files.
   */
  public static Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    files.add(Path.of(System.getProperty("java.home")));
    for (String entry : classPath().split(File.pathSeparator)) {
      addWithNamed(Path.of(entry).toAbsolutePath(), files);
    }
    String archive = System.getProperty(ARCHIVE, "");
    if (!archive.isEmpty()) {
      files.add(Path.of(archive));
    }
    return withFolders(files);
  }

  private static Set<Path> withFolders(Set<Path> files) {
    Set<Path> all = new LinkedHashSet<>();
    Map<Path, Boolean> whole = new HashMap<>();
    for (Path file : files) {
      Path folder = file.getParent();
      boolean isWhole =
          folder != null && whole.computeIfAbsent(folder, each -> holdsNothingBut(files, each));
      all.add(isWhole ? folder : file);
    }
    return all;
  }

  private static boolean holdsNothingBut(Set<Path> files, Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.allMatch(files::contains);
    } catch (IOException e) {
      return false;
    }
  }

  private static void addWithNamed(Path entry, Set<Path> files) {
    if (!files.add(entry) || !Files.isRegularFile(entry)) {
      return;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      Manifest manifest = jar.getManifest();
      String named =
          manifest == null ? null : manifest.getMainAttributes().getValue(Name.CLASS_PATH);
      for (String name : named == null ? new String[0] : named.strip().split(" +")) {
        URI uri = entry.toUri().resolve(name);
        if ("file".equals(uri.getScheme())) {
          addWithNamed(Path.of(uri), files);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return; // Java will say what is wrong with it
    }
  }

  private static String classPath() {
    String given = System.getProperty(CLASS_PATH, "");
    return given.isEmpty() ? System.getProperty("java.class.path") : given;
  }

  private static List<String> sharing() {
    List<String> flags = new ArrayList<>();
    String archive = System.getProperty(ARCHIVE, "");
    if (!archive.isEmpty() && Files.isReadable(Path.of(archive))) {
      flags.add("-Xshare:auto");
      flags.add("-XX:SharedArchiveFile=" + archive);
      // What it says of an archive that does not fit would go to standard output.
      flags.add("-Xlog:cds=off");
      flags.add("-Xlog:cds+dynamic=off");
      flags.add("-D" + ARCHIVE + "=" + archive); // for the child's own children
    }
    String lists = System.getProperty(CLASS_LISTS, "");
    if (!lists.isEmpty()) {
      flags.add("-XX:DumpLoadedClassList=" + Path.of(lists, "%p.classes"));
    }
    return flags;
  }
}
