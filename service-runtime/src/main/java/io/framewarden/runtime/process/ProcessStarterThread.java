package io.framewarden.runtime.process;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Starts a process on a thread of its own that ends with that process and not before. The kernel
 * counts as a child's parent the thread that started it: a child that is to die with its parent
 * would die with a worker that merely stops. And a child inherits what the kernel forbids that
 * thread.
 */
final class ProcessStarterThread {
  private ProcessStarterThread() {}

  /** Starts a process. */
  @FunctionalInterface
  interface Start {
    Process call() throws IOException;
  }

  /** What a thread gives up first. */
  @FunctionalInterface
  interface Confine {
    void run() throws IOException;
  }

  /**
   * The started process, even when the caller is interrupted meanwhile: else nobody would own it.
   */
  static Process call(Confine first, Start start) throws IOException {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Threads.daemon(
            "child-starter",
            () -> {
              try {
                first.run();
                Process process = start.call();
                started.complete(process);
                Threads.awaitUninterruptibly(process::waitFor);
              } catch (IOException | RuntimeException | Error e) {
                started.completeExceptionally(e);
              }
            })
        .start();
    try {
      return Threads.awaitUninterruptibly(started::get);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("the process cannot be started", e.getCause());
    }
  }
}
