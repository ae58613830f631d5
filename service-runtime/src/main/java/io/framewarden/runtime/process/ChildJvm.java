package io.framewarden.runtime.process;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs a main class in a JVM of its own: the same Java, class path and environment. The child is
 * killed at its deadline or when the caller loses interest, and is to end by itself when its
 * standard input ends, as {@link ParentWatchdog} sees to: then its parent has died.
 */
public final class ChildJvm {
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final Duration PIPES = Duration.ofSeconds(2);

  private final Class<?> main;
  private final Duration deadline;

  public ChildJvm(Class<?> main, Duration deadline) {
    this.main = main;
    this.deadline = deadline;
  }

  /**
   * Runs the child to its end, whatever that is.
   *
   * @param cancelled asked ten times a second; when it says so the child is killed
   * @throws IOException when no process can be started
   */
  public ProcessOutcome run(List<String> arguments, BooleanSupplier cancelled) throws IOException {
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectInput(Redirect.PIPE) // held open: its end tells the child that we are gone
            .start();
    TailReader output = tail(process.getInputStream(), "child-output");
    TailReader errors = tail(process.getErrorStream(), "child-errors");
    boolean ended = false;
    try {
      ended = await(process, cancelled);
    } finally {
      process.toHandle().destroyForcibly(); // the process's own would close the streams unread
    }
    join(process);
    output.await(PIPES);
    errors.await(PIPES);
    String killed =
        cancelled.getAsBoolean()
            ? "was cancelled"
            : "gave no answer in " + deadline.toSeconds() + " s";
    return new ProcessOutcome(
        ended ? process.exitValue() : ProcessOutcome.KILLED,
        ended ? "" : killed,
        output.lines(),
        errors.lines());
  }

  private boolean await(Process process, BooleanSupplier cancelled) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      while (System.nanoTime() < end && !cancelled.getAsBoolean()) {
        if (process.waitFor(SLICE.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static void join(Process process) {
    Threads.awaitUninterruptibly(process::waitFor);
  }

  private List<String> command(List<String> arguments) {
    List<String> flags =
        List.of(
            "-Xmx1g",
            // A death is an expected answer here: no core file, no report in the working folder.
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-Dframewarden.library.log.level=ERROR");
    return JavaCommand.of(main, flags, arguments);
  }

  private static TailReader tail(InputStream stream, String name) {
    TailReader reader = new TailReader(stream, name);
    reader.start();
    return reader;
  }
}
