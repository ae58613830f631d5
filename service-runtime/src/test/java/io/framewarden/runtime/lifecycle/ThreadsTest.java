package io.framewarden.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ThreadsTest {
  @Test
  void poolsAreOfNamedDaemons() throws Exception {
    ExecutorService pool = Threads.daemonPool("search", 1);
    Future<Thread> thread = pool.submit(Thread::currentThread);
    assertTrue(thread.get().isDaemon());
    assertEquals("search", thread.get().getName());
    pool.shutdown();
  }

  @Test
  void anInterruptDoesNotEndAWaitAndIsKept() {
    AtomicInteger waits = new AtomicInteger();
    Thread.currentThread().interrupt();
    int value =
        Threads.awaitUninterruptibly(
            () -> {
              if (waits.incrementAndGet() < 3) {
                throw new InterruptedException("meanwhile");
              }
              return 7;
            });
    assertTrue(Thread.interrupted());
    assertEquals(7, value);
  }

  @Test
  void anInterruptIsKeptWhenTheWaitFails() {
    Thread.currentThread().interrupt();
    assertThrows(
        ExecutionException.class,
        () ->
            Threads.awaitUninterruptibly(
                () -> {
                  throw new ExecutionException(new IOException("gone"));
                }));
    assertTrue(Thread.interrupted());
  }

  @Test
  void theCauseOfATaskIsThrownAsItIsWhereItIsUnchecked() {
    RuntimeException cause = new IllegalArgumentException("bad");
    assertSame(cause, Threads.unchecked(new ExecutionException(cause)));
    assertSame(cause, Threads.unchecked(new CompletionException(cause)));
    assertSame(cause, Threads.unchecked(cause));
    Error error = new StackOverflowError();
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class, () -> Threads.unchecked(new CompletionException(error))));
    IOException checked = new IOException("gone");
    assertSame(checked, Threads.unchecked(new ExecutionException(checked)).getCause());
  }
}
