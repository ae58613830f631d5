package io.framewarden.runtime.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    String given = System.getProperty(CLASS_PATH, "");
    command.add(given.isEmpty() ? System.getProperty("java.class.path") : given);
    command.add(main.getName());
    command.addAll(arguments);
    return command;
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
