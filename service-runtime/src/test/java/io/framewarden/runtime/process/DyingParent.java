package io.framewarden.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that starts a confined one from a thread that ends, and waits to be killed. */
final class DyingParent {
  /** What the child is: it cares for no end of its standard input. */
  static final List<String> CHILD = List.of("sleep", "600");

  private DyingParent() {}

  static Confinement confinement() {
    return Confinement.probe(new ProcessLimits(1L << 30, Duration.ofMinutes(1), 64));
  }

  public static void main(String[] arguments) throws Exception {
    Confinement confinement = confinement();
    SupervisedProcess[] child = new SupervisedProcess[1];
    Thread starter =
        new Thread(
            () -> {
              try {
                child[0] =
                    SupervisedProcess.start(
                        confinement.around(CHILD), Map.of("PATH", "/usr/bin:/bin"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    starter.start();
    starter.join();
    System.out.println(child[0].pid());
    new CountDownLatch(1).await();
  }
}
