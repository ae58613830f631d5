package io.framewarden.runtime.process;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Starts processes on one thread that ends with this process and not before. The kernel counts as a
 * child's parent the thread that started it: a child that is to die with its parent would die with
 * a worker that merely stops.
 */
final class ProcessStarterThread {
  private static final ExecutorService THREAD = Threads.daemonPool("child-starter", 1);

  private ProcessStarterThread() {}

  /** Starts a process. */
  @FunctionalInterface
  interface Start {
    Process call() throws IOException;
  }

  /**
   * The started process, even when the caller is interrupted meanwhile: else nobody would own it.
   */
  static Process call(Start start) throws IOException {
    Future<Process> started = THREAD.submit(start::call);
    try {
      return Threads.awaitUninterruptibly(started::get);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("the process cannot be started", e.getCause());
    }
  }
}
