package io.framewarden.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A small file system for each test, which really gets full; the test is skipped where this user
 * may not mount one. Tests of this project's modules register it as an extension.
 */
public final class SmallDisk implements BeforeEachCallback, AfterEachCallback {
  /** Its size, unless a test asks for another. */
  public static final int BYTES = 4 << 20;

  private final int bytes;
  private Path folder;
  private boolean mounted;

  /** One of {@link #BYTES}. */
  public SmallDisk() {
    this(BYTES);
  }

  /** One of another size, which is memory of the machine. */
  public SmallDisk(int bytes) {
    this.bytes = bytes;
  }

  /** Its mount point. */
  public Path path() {
    return folder;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    folder = Files.createTempDirectory("small-disk");
    mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "framewarden-test", folder.toString());
    assumeTrue(mounted, "this user may not mount a small disk");
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (mounted) {
      // Lazily: what a test killed, or did not wait for, may hold a file for a while yet.
      assertTrue(run("umount", "--lazy", folder.toString()), folder + " stays mounted");
    }
    Files.delete(folder);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) { // there is no such program
      return false;
    }
  }
}
