package io.framewarden.runtime.lifecycle;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Daemon threads and pools of them, waits that an interrupt does not end, failures of tasks. */
public final class Threads {
  private Threads() {}

  /**
   * A wait that may be repeated.
   *
   * @param <T> what it gives
   * @param <E> what else it may throw
   */
  @FunctionalInterface
  public interface Wait<T, E extends Exception> {
    T await() throws InterruptedException, E;
  }

  /** A daemon thread, not started yet. */
  public static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A pool of so many daemon threads, which all have this name. The caller shuts it down. */
  public static ExecutorService daemonPool(String name, int threads) {
    return Executors.newFixedThreadPool(threads, task -> daemon(name, task));
  }

  /**
   * Waits through interrupts: native memory, a child or a file is in use until the wait is over. An
   * interrupt that came before or meanwhile is set again at the end. A wait with a time limit
   * begins anew after each interrupt.
   *
   * @throws E what the wait threw
   */
  public static <T, E extends Exception> T awaitUninterruptibly(Wait<T, E> wait) throws E {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return wait.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * What failed on another thread, to be thrown on this one: the cause of an {@link
   * ExecutionException} or {@link CompletionException}, or the failure itself.
   *
   * @return the failure where it is unchecked, else an IllegalStateException with it as its cause
   * @throws Error where the failure is one
   */
  public static RuntimeException unchecked(Throwable failure) {
    boolean wrapped =
        failure instanceof ExecutionException || failure instanceof CompletionException;
    Throwable cause = wrapped && failure.getCause() != null ? failure.getCause() : failure;
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException own ? own : new IllegalStateException(cause);
  }
}
