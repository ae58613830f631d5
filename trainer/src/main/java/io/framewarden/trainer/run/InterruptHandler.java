package io.framewarden.trainer.run;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/**
 * Turns the end of the process (Ctrl-C, a termination signal) into an interrupt of the training
 * thread, and holds the process until that thread has written its checkpoint. Installed and closed
 * by the training thread.
 */
public final class InterruptHandler implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private final PrintWriter err;

  private InterruptHandler(Thread training, PrintWriter err) {
    this.err = err;
    this.hook =
        new Thread(
            () -> {
              training.interrupt();
              await();
            },
            "interrupt-handler");
  }

  /** Interrupts the calling thread when the process is told to end, until closed. */
  public static InterruptHandler install(PrintWriter err) {
    InterruptHandler handler = new InterruptHandler(Thread.currentThread(), err);
    Runtime.getRuntime().addShutdownHook(handler.hook);
    return handler;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, which is what the hook waited for.
      err.printf("%nstopped; the same command resumes the run (train: with --resume)%n");
      err.flush();
    } finally {
      // Last: once the hook is through, the process ends, whatever is still being printed.
      done.countDown();
    }
  }

  private void await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
