package io.framewarden.runtime.process;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A long-lived child process: its pipes, the end of what it says on standard error, and its death.
 * It gets no variable of this process's environment but the given ones. Its standard input stays
 * open as long as this process lives, so that its end tells the child to end too. Owned by one
 * thread; {@link #kill()} may be called from any.
 */
public final class SupervisedProcess implements AutoCloseable {
  private static final Duration PIPE_TIMEOUT = Duration.ofSeconds(2);
  private static final long REAP_TIMEOUT_SECONDS = 10;

  private static final long START_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Process process;
  private final TailReader errors;

  /** The command's process: the started one, or that in its sandbox; 0 until it was found. */
  private volatile long inside;

  private SupervisedProcess(Process process, boolean sandboxed) {
    this.process = process;
    this.inside = sandboxed ? 0 : process.pid();
    this.errors = new TailReader(process.getErrorStream(), "child-errors-" + process.pid());
    errors.start();
  }

  /**
   * Starts a command.
   *
   * @param environment the whole environment of the child
   * @throws IOException when no process can be started
   */
  public static SupervisedProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    return start(command, environment, () -> {});
  }

  /** The same by a thread that is confined so, which the process inherits. */
  static SupervisedProcess start(
      List<String> command, Map<String, String> environment, ProcessStarterThread.Confine thread)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new SupervisedProcess(
        ProcessStarterThread.call(thread, builder::start), Namespaces.isSandboxed(command));
  }

  /**
   * The process id of the command; of one that is wrapped in a sandbox, that of the command itself,
   * for which this waits.
   */
  public long pid() {
    long end = System.nanoTime() + START_TIMEOUT_NANOS;
    while (inside == 0 && process.isAlive() && System.nanoTime() < end) {
      inside = findInside();
      if (inside == 0) {
        LockSupport.parkNanos(POLL_INTERVAL_NANOS);
      }
    }
    return inside == 0 ? process.pid() : inside;
  }

  /** The child of the sandbox's first process, once that has given up its privileges. */
  private long findInside() {
    return process
        .children()
        .findFirst()
        .filter(SupervisedProcess::isPowerless)
        .flatMap(first -> first.children().findFirst())
        .map(ProcessHandle::pid)
        .orElse(0L);
  }

  private static boolean isPowerless(ProcessHandle handle) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(handle.pid()), "status"))
          .contains("CapBnd:\t0000000000000000");
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Processor time used so far; zero where the system does not tell. */
  public Duration cpu() {
    return ProcessHandle.of(pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** The child's standard input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** The child's standard output. */
  public InputStream output() {
    return process.getInputStream();
  }

  /** Ends the child at once, with a signal that it cannot ignore; does not wait. */
  public void kill() {
    process.toHandle().destroyForcibly(); // the process's own would close the streams unread
  }

  /** How it ended, in words; waits a moment for the end of a process that is dying. */
  public String end() {
    if (!reaped()) {
      return "does not end";
    }
    errors.await(PIPE_TIMEOUT);
    return new ProcessOutcome(process.exitValue(), "", List.of(), errors.lines()).describe();
  }

  /**
   * Whether it was ended by the signal that a process cannot refuse. Limits of the kernel end it by
   * others, so it was somebody: this process, the machine's operator, or the kernel that is out of
   * memory.
   */
  public boolean wasKilled() {
    return !process.isAlive() && process.exitValue() == ProcessOutcome.SIGKILL_STATUS;
  }

  /** Kills it if it lives, waits for its end and closes the pipes. */
  @Override
  public void close() {
    kill();
    reaped();
    errors.await(PIPE_TIMEOUT);
    closeQuietly(process.getInputStream());
    closeQuietly(process.getErrorStream());
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      return; // what was not flushed is of no use to the dead
    }
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      return; // nothing was to be read from it any more
    }
  }

  private boolean reaped() {
    return Threads.awaitUninterruptibly(
        () -> process.waitFor(REAP_TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }
}
