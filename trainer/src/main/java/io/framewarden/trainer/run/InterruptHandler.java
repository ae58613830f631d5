package io.framewarden.trainer.run;

import java.util.concurrent.CountDownLatch;

/**
 * Turns the end of the process (Ctrl-C, a termination signal) into an interrupt of the training
 * thread, and holds the process until that thread has written its checkpoint. Made and closed by
 * the training thread.
 */
final class InterruptHandler implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private InterruptHandler(Thread training) {
    this.hook =
        new Thread(
            () -> {
              training.interrupt();
              await();
            },
            "interruption");
  }

  /** Watches over the calling thread until closed. */
  static InterruptHandler watch() {
    InterruptHandler interruption = new InterruptHandler(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, which is what the hook waited for.
      System.err.printf("%nstopped; the same command goes on (train: with --resume)%n");
    } finally {
      // Last: once the hook is through, the process ends under whatever is still being said.
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
