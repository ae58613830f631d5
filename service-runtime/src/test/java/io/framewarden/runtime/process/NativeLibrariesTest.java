package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: what is set is the process's. */
@DisabledOnOs(OS.WINDOWS) // no owners of files
@Timeout(60)
class NativeLibrariesTest {
  @TempDir Path home;

  @Test
  void librariesAreUnpackedIntoTheHomeAndReportNothing() throws Exception {
    List<String> said = run();
    Path cache = home.toRealPath().resolve(".javacpp/cache");
    assertEquals(cache.toString(), said.get(0));
    assertEquals(cache.resolve("jna").toString(), said.get(1));
    assertEquals(home.toRealPath().resolve(".djl.ai").toString(), said.get(2));
    assertEquals("true", said.get(3), "DJL's tracking is opted out of");
    assertEquals("1", said.get(4), "native code sees that telemetry is off");
    assertTrue(Files.isDirectory(cache));
  }

  @Test
  void librariesAreNotUnpackedWhereSomebodyElseCouldPutOne() throws Exception {
    Path planted = Files.createDirectory(home.resolve("planted"));
    Files.createSymbolicLink(home.resolve(".djl.ai"), planted);
    Path open = Files.createDirectories(home.resolve(".javacpp/cache"));
    Files.setAttribute(open, "unix:mode", 0777);
    List<String> said = run();
    Path used = Path.of(said.get(0));
    assertNotEquals(open.toRealPath(), used);
    assertFalse(Files.exists(used), used + " is removed with its process");
    assertNotEquals(planted.toRealPath().toString(), said.get(2));
    assertEquals("1", said.get(4));
  }

  private List<String> run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            Prepared.class.getName());
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    builder.environment().remove("DJL_CACHE_DIR");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().toList();
  }

  /** Says what it has prepared. */
  static final class Prepared {
    private interface CLibrary extends Library {
      String getenv(String name);
    }

    private Prepared() {}

    public static void main(String[] arguments) {
      String telemetry =
          NativeLibraries.startOnnxRuntime(
              () -> Native.load("c", CLibrary.class).getenv("ORT_DISABLE_TELEMETRY"));
      NativeLibraries.prepareDjl();
      for (String property :
          List.of(
              NativeLibraries.JAVACPP_CACHE, "jna.tmpdir", "DJL_CACHE_DIR", "OPT_OUT_TRACKING")) {
        System.out.println(System.getProperty(property));
      }
      System.out.println(telemetry);
    }
  }
}
