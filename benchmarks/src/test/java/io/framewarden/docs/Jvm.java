package io.framewarden.docs;

import io.framewarden.runtime.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts a class of this class path in a process of its own. */
final class Jvm {
  /** For processes that end before optimised code would pay; their children too. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private Jvm() {}

  static Process start(
      Class<?> main, Path folder, Map<String, String> environment, Path log, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dframewarden.home=" + Repository.root()));
    for (String property : List.of(JavaCommand.CLASS_PATH, JavaCommand.ARCHIVE)) {
      command.add("-D" + property + "=" + System.getProperty(property, ""));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_TOOL_OPTIONS", SHORT_LIVED);
    return builder.start();
  }
}
