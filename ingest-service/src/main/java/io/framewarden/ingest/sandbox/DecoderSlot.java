package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.DecoderUnavailableException;
import io.framewarden.runtime.lifecycle.Threads;
import io.framewarden.runtime.process.Confinement;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for one child after the other. The next one is started in the background. Used by one
 * thread at a time but for {@link #pid()} and {@link #close()}.
 */
final class DecoderSlot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderSlot.class);

  private static final int MAX_ATTEMPTS = 3;

  /** Starts a process. */
  interface Starter {
    DecoderProcess start() throws IOException, InterruptedException;
  }

  private final Starter starter;
  private final Confinement confinement;
  private final SandboxMetrics metrics;
  private final ExecutorService thread;
  private CompletableFuture<ReadyDecoder> next;
  private DecoderProcess current;
  private boolean closed;

  DecoderSlot(int number, Starter starter, Confinement confinement, SandboxMetrics metrics) {
    this.starter = starter;
    this.confinement = confinement;
    this.metrics = metrics;
    this.thread = Threads.daemonPool("decoder-starter-" + number, 1);
    this.next = startNext();
  }

  /**
   * The child; waits until it is warm. One that died while it was idle is replaced.
   *
   * @throws DecoderUnavailableException when none can be started
   */
  ReadyDecoder child() throws InterruptedException {
    ReadyDecoder child = join(next);
    if (!child.process().isAlive()) {
      replace(ExitCause.CRASHED);
      child = join(next);
    }
    return child;
  }

  /** Ends the child, if there is one, and begins another. */
  void replace(ExitCause why) {
    synchronized (this) {
      if (closed) {
        return;
      }
      metrics.restarted(why);
      LOG.info("decoder {} is replaced: {}", current == null ? "" : current.pid(), why.label());
    }
    next = startNext();
  }

  /** The process id of the child that runs. */
  synchronized Optional<Long> pid() {
    return Optional.ofNullable(current).filter(DecoderProcess::isAlive).map(DecoderProcess::pid);
  }

  /** Kills the child; no other follows. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.shutdownNow();
    closeCurrent();
  }

  private CompletableFuture<ReadyDecoder> startNext() {
    return CompletableFuture.supplyAsync(this::start, thread);
  }

  private ReadyDecoder start() {
    DecoderException last = null;
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      closeCurrent();
      try {
        return start(starter);
      } catch (DecoderException e) {
        LOG.warn("a decoder did not start: {}", e.getMessage());
        last = e;
      } catch (IOException e) {
        throw new DecoderUnavailableException("no decoder can be started: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DecoderUnavailableException("the decoders are closed", e);
      }
    }
    throw new DecoderUnavailableException("no decoder can be started: " + last.getMessage(), last);
  }

  private ReadyDecoder start(Starter from)
      throws IOException, DecoderException, InterruptedException {
    DecoderProcess child = from.start();
    synchronized (this) {
      current = child;
      metrics.started();
    }
    if (isClosed()) {
      closeCurrent(); // closing may have come too early to see this child
      throw new InterruptedException();
    }
    ReadyDecoder warm = child.awaitReady(DecoderLauncher.START_TIMEOUT);
    if (!confinement.forbidWriting(child.pid())) {
      LOG.debug("decoder {} may write files", child.pid());
    }
    metrics.hardware(warm.problem().isEmpty());
    return warm;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void closeCurrent() {
    DecoderProcess old;
    synchronized (this) {
      old = current;
      current = null;
    }
    if (old != null) {
      old.close();
      metrics.ended();
    }
  }

  private static ReadyDecoder join(CompletableFuture<ReadyDecoder> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new DecoderUnavailableException("no decoder can be started: " + e.getCause(), e);
    }
  }
}
