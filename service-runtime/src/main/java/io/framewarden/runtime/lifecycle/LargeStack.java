package io.framewarden.runtime.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs something once on a thread with a very deep stack, for native code that recurses by the
 * length of its input. ONNX Runtime 1.29.0 is such code: while it starts it matches the process's
 * command line with a recursive regular expression, and a class path of some kilobytes overflowed
 * the one megabyte of an ordinary Java thread and killed the JVM without a word.
 */
public final class LargeStack {
  /** Address space, not memory: only what is touched is taken, and only until the call is over. */
  private static final long STACK_BYTES = 256L << 20;

  private LargeStack() {}

  /**
   * Calls {@code work} and waits for it.
   *
   * @throws RuntimeException or an Error: what the work threw
   */
  public static <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.get());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "deep-stack",
            STACK_BYTES);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      throw Threads.unchecked(e);
    }
  }
}
