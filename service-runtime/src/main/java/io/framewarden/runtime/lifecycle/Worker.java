package io.framewarden.runtime.lifecycle;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that repeats a step until it is closed. An exception that leaves the step is fatal:
 * the worker stops and its health says why. Closing interrupts nothing; a step must end by itself
 * soon (poll with a time limit), or {@code wakeUp} must make it end. A step may close its own
 * worker: it then ends after that step.
 */
public final class Worker implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** What a worker repeats. */
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  private final String name;
  private final Step step;
  private final Runnable wakeUp;
  private final Runnable whenOver;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean closing;

  /**
   * @param step what to repeat
   * @param wakeUp called from the closing thread to end a waiting step
   * @param whenOver called once, after the last step, to close what the steps used: on the worker's
   *     thread, or on the closing one when the worker was never started
   */
  public Worker(String name, Step step, Runnable wakeUp, Runnable whenOver) {
    this.name = name;
    this.step = step;
    this.wakeUp = wakeUp;
    this.whenOver = whenOver;
    this.thread = new Thread(this::loop, name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    if (closing) {
      throw new IllegalStateException(name + " was closed before it was started");
    }
    thread.start();
  }

  /** Whether close was called: a long step looks at this to end early. */
  public boolean isClosing() {
    return closing;
  }

  @Override
  public Health health() {
    Throwable cause = failure.get();
    if (cause != null) {
      return Health.failed(cause.toString());
    }
    return thread.isAlive() ? Health.ready() : Health.starting(closing ? "closed" : "not started");
  }

  @Override
  public void close() {
    closing = true;
    if (Thread.currentThread() == thread) {
      return; // it cannot wait for itself; the loop ends after this step
    }
    if (thread.getState() == Thread.State.NEW) {
      finish();
      return;
    }
    wakeUp.run();
    Threads.awaitUninterruptibly(
        () -> {
          thread.join();
          return null;
        });
  }

  private void loop() {
    try {
      while (!closing) {
        step.run();
      }
    } catch (Throwable e) {
      if (!closing) {
        failure.set(e);
        LOG.error("{} failed and stopped", name, e);
      } else {
        LOG.debug("{} was woken up to close", name, e);
      }
    } finally {
      finish();
    }
  }

  private void finish() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      whenOver.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("{} did not end cleanly", name, e);
    }
  }
}
