package io.framewarden.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed program, unpacked elsewhere: it runs without Maven and sources. */
@Timeout(300)
class DistributionIT {
  private static final String NAME = "framewarden-packed-by-a-test";

  @TempDir Path folder;
  private Path unpacked;

  @Test
  void runsWithoutMavenAndSources() throws Exception {
    Path root = Repository.root();
    Path packed = root.resolve("target/" + NAME + ".tar.gz");
    try {
      run(root, root + "/build/distribution", root.toString(), NAME);
      run(folder, "tar", "-xzf", packed.toString());
    } finally {
      Files.deleteIfExists(packed);
    }
    unpacked = folder.resolve(NAME);
    assertFalse(Files.exists(unpacked.resolve("pom.xml")));
    refuseMaven();
    assertEquals(
        Repository.text(root.resolve("build/help/version.txt")), framewarden(0, "--version"));
    framewarden(0, "token", "create", "me", "--file", "tokens.json");
    assertTrue(framewarden(0, "token", "list", "--file", "tokens.json").contains("me "));
    assertTrue(framewarden(2, "train", "none.fwa", "--out", "run").contains("none.fwa"));
    assertTrue(framewarden(2, "ablate", "none.fwa", "--out", "run").contains("--hold-out-domain"));
  }

  private void refuseMaven() throws Exception {
    Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho Maven was called >&2\nexit 99\n");
    assertTrue(maven.toFile().setExecutable(true));
  }

  private String framewarden(int status, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(unpacked + "/framewarden"));
    command.addAll(List.of(arguments));
    return run(status, folder, command);
  }

  private void run(Path where, String... command) throws Exception {
    run(0, where, List.of(command));
  }

  private String run(int status, Path where, List<String> command) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", folder + "/bin", (old, own) -> own + ":" + old);
    int ended = builder.start().waitFor();
    assertEquals(status, ended, command + ": " + Files.readString(log));
    return Files.readString(log);
  }
}
