package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class LeftOversTest {
  private final String id = UUID.randomUUID().toString();
  private final Path ring = FaceRing.folder().resolve(FaceRing.PREFIX + id);

  @Test
  void whatADeadServiceLeftIsDeleted() throws Exception {
    Path scratch = Files.createDirectory(Scratch.of(id).folder());
    Files.writeString(scratch.resolve("native.so"), "unpacked");
    Files.writeString(ring, "faces");
    LeftOvers.delete();
    assertFalse(Files.exists(ring));
    assertFalse(Files.exists(scratch));
  }

  @Test
  void whatThisProcessUsesStays() throws Exception {
    try (FaceRing used = FaceRing.create(id)) {
      assertEquals(ring, used.file());
      LeftOvers.delete();
      assertTrue(Files.exists(ring));
    }
    assertFalse(Files.exists(ring));
  }

  @Test
  void whatAnotherLivingProcessUsesStaysUntilItIsKilled() throws Exception {
    Files.writeString(ring, "faces");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                ring.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("held", other.inputReader().readLine());
      LeftOvers.delete();
      assertTrue(Files.exists(ring));
    } finally {
      other.destroyForcibly().waitFor();
    }
    LeftOvers.delete();
    assertFalse(Files.exists(ring));
  }

  /** Holds a file as a service does. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (FileChannel file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
        file.lock();
        System.out.println("held");
        System.in.read();
      }
    }
  }
}
