package io.framewarden.detector.engine.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that ends, or does not, as its first argument says. */
public final class OddChild {
  private OddChild() {}

  public static void main(String[] arguments) throws Exception {
    ParentWatch.start();
    switch (arguments[0]) {
      case "answer" -> System.out.println(arguments[1]);
      case "fail" -> fail();
      case "abort" -> signalMyself("-ABRT");
      case "killed" -> signalMyself("-KILL");
      case "hang" -> new CountDownLatch(1).await();
      case "garbage" -> garbage();
      case "parent" -> startAHangingChild(Path.of(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void fail() {
    System.err.println("first line");
    System.err.println("CUDA error 35");
    Runtime.getRuntime().halt(7);
  }

  private static void signalMyself(String signal) throws Exception {
    System.err.println("terminate called after throwing an instance of 'CudaError'");
    String self = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", signal, self).inheritIO().start().waitFor();
    new CountDownLatch(1).await();
  }

  private static void garbage() {
    byte[] noise = new byte[1 << 20];
    new java.util.Random(1).nextBytes(noise);
    System.out.write(noise, 0, noise.length);
    System.out.println("\n{\"framewardenProbe\": 2, \"works\": true}\n[1]\n{}");
    System.out.flush();
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
