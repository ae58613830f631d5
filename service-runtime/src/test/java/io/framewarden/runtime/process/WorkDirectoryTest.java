package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir Path parent;

  @Test
  void aKilledProcessesFolderIsRemovedAndNoLivingOnes() throws Exception {
    WorkDirectory mine = WorkDirectory.in(parent);
    Files.writeString(mine.file(), "in work");
    WorkDirectory secondOfMine = WorkDirectory.in(parent);
    Process other = start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      Path theirs = Path.of(said.readLine());
      assertTrue(Files.exists(mine.path()), "the other process took a living one's");
      assertTrue(Files.exists(secondOfMine.path()));
      Files.writeString(theirs.resolve("half"), "half");
      Files.writeString(Files.createDirectory(theirs.resolve("deeper")).resolve("x"), "half");

      WorkDirectory.in(parent).close();
      assertTrue(Files.exists(theirs.resolve("half")), "it lives");
      other.destroyForcibly().waitFor();
      WorkDirectory.sweep(parent);
      assertFalse(Files.exists(theirs));
      assertTrue(Files.exists(mine.path()));
    }
    mine.close();
    secondOfMine.close();
    assertFalse(Files.exists(mine.path()));
  }

  @Test
  void itIsItsOwnersOnly() throws IOException {
    try (WorkDirectory folder = WorkDirectory.in(parent)) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(folder.path()));
    }
  }

  @Test
  void aLockThatAnotherProcessHoldsIsGivenUpAtTheDeadline() throws Exception {
    Process other = start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      Path held = Path.of(said.readLine()).resolve("lock");
      try (FileChannel channel = FileLocks.open(held)) {
        IOException late =
            assertThrows(
                IOException.class, () -> FileLocks.lock(channel, held, Duration.ofMillis(50)));
        assertTrue(late.getMessage().contains(held.toString()), late.getMessage());
        other.destroyForcibly().waitFor();
        FileLocks.lock(channel, held, Duration.ofMillis(50)).close();
      }
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Another process: says its folder and waits to be killed, or for the end of its parent. */
  static final class Other {
    public static void main(String[] arguments) throws IOException {
      System.out.println(WorkDirectory.in(Path.of(arguments[0])).path());
      int ended = System.in.read();
      System.exit(ended);
    }
  }
}
