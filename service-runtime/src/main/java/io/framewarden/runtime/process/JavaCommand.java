package io.framewarden.runtime.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a main class of this process's own class path, in the same Java. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * A command line.
   *
   * @param flags of the JVM, {@code -D...} among them
   * @param arguments of the main class
   */
  public static List<String> of(Class<?> main, List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }
}
