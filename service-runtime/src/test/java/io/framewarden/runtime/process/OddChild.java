package io.framewarden.runtime.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that ends, or does not, as its first argument says. */
public final class OddChild {
  private OddChild() {}

  public static void main(String[] arguments) throws Exception {
    ParentWatchdog.start();
    switch (arguments[0]) {
      case "answer" -> System.out.println(arguments[1]);
      case "fail" -> fail();
      case "abort" -> abortMyself();
      case "hang" -> new CountDownLatch(1).await();
      case "parent" -> startAHangingChild(Path.of(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void fail() {
    System.err.println("first line");
    System.err.println("CUDA error 35");
    Runtime.getRuntime().halt(7);
  }

  private static void abortMyself() throws Exception {
    System.err.println("terminate called after throwing an instance of 'CudaError'");
    String self = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-ABRT", self).inheritIO().start().waitFor();
    new CountDownLatch(1).await();
  }

  /** Tells who the child is, and lets itself be killed. */
  private static void startAHangingChild(Path pidFile) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                OddChild.class.getName(),
                "hang")
            .start();
    Path written = pidFile.resolveSibling("writing");
    Files.write(written, List.of(Long.toString(child.pid())));
    Files.move(written, pidFile);
    new CountDownLatch(1).await();
  }
}
