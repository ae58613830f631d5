package io.framewarden.detector.engine.probe;

import io.framewarden.runtime.process.ParentWatchdog;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A probe's process that ends, or does not, as its first argument says. */
public final class OddProbe {
  private OddProbe() {}

  public static void main(String[] arguments) throws Exception {
    ParentWatchdog.start();
    switch (arguments[0]) {
      case "answer" -> System.out.println(arguments[1]);
      case "fail" -> fail();
      case "abort" -> signalMyself("-ABRT");
      case "killed" -> signalMyself("-KILL");
      case "hang" -> new CountDownLatch(1).await();
      case "garbage" -> garbage();
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
    new Random(1).nextBytes(noise);
    System.out.write(noise, 0, noise.length);
    System.out.println("\n{\"framewardenProbe\": 2, \"works\": true}\n[1]\n{}");
    System.out.flush();
  }
}
