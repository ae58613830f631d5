package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
  @TempDir Path folder;

  @AfterEach
  void clear() {
    System.clearProperty(JavaCommand.ARCHIVE);
    System.clearProperty(JavaCommand.CLASS_LISTS);
    System.clearProperty(JavaCommand.CLASS_PATH);
  }

  @Test
  void runsTheMainClassOnThisClassPath() {
    List<String> command = JavaCommand.of(OddChild.class, List.of("-Xmx64m"), List.of("a", "b"));
    assertTrue(command.get(0).endsWith("java"), command.toString());
    assertEquals(
        List.of(
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            OddChild.class.getName(),
            "a",
            "b"),
        command.subList(1, command.size()));
  }

  @Test
  void mapsAnArchiveThatIsThereAndListsClassesWhereTold() throws Exception {
    Path archive = folder.resolve("classes.jsa");
    System.setProperty(JavaCommand.ARCHIVE, archive.toString());
    String flag = "-XX:SharedArchiveFile=" + archive;
    assertFalse(command().contains(flag), "a missing archive would switch the JDK's own off");
    Files.createFile(archive);
    assertTrue(command().contains(flag));
    System.setProperty(JavaCommand.CLASS_LISTS, folder.toString());
    assertTrue(command().contains("-XX:DumpLoadedClassList=" + folder.resolve("%p.classes")));
  }

  @Test
  void takesAnotherClassPathWhereTold() {
    System.setProperty(JavaCommand.CLASS_PATH, "product.jar");
    List<String> command = command();
    assertEquals("product.jar", command.get(command.indexOf("-cp") + 1));
  }

  private static List<String> command() {
    return JavaCommand.of(OddChild.class, List.of(), List.of());
  }
}
