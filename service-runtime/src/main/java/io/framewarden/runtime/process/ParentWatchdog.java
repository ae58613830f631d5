package io.framewarden.runtime.process;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.IOException;

/** Ends a child process when its parent is gone: the parent's end of standard input closes. */
public final class ParentWatchdog {
  private ParentWatchdog() {}

  /** Watches from now on, on a thread of its own. */
  public static void start() {
    Threads.daemon("parent-watchdog", ParentWatchdog::watch).start();
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        // What a parent says does not matter, only that it is there.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    // At once: natives may hang in orderly ends, and nobody waits for the answer.
    Runtime.getRuntime().halt(1);
  }
}
