package io.framewarden.detector.release;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The place of a running model: one thread puts models in, several scoring threads lease what is in
 * it, batch by batch. References are counted: the slot holds one to its current model, and so does
 * each lease. A model is closed when its last reference is released, so that one which was replaced
 * is never closed under a batch and never kept longer than that. Safe for several threads; owns its
 * models.
 */
public final class ModelSlot implements AutoCloseable {

  /** A model, and how many hold it. */
  private static final class Reference {
    private final LoadedModel model;
    private int count = 1; // the slot's own

    Reference(LoadedModel model) {
      this.model = model;
    }
  }

  private Reference current;
  private int retired;

  /**
   * Leases the model for one batch.
   *
   * @throws IllegalStateException when there is none
   */
  public ModelLease acquire() {
    return tryAcquire().orElseThrow(() -> new IllegalStateException("no model is loaded"));
  }

  /** Leases the model for one batch; empty while the slot is. */
  public synchronized Optional<ModelLease> tryAcquire() {
    if (current == null) {
      return Optional.empty();
    }
    Reference leased = current;
    leased.count++;
    return Optional.of(new ModelLease(leased.model, () -> release(leased)));
  }

  /** What is in the slot, to read its description: scoring takes a lease. */
  public synchronized Optional<LoadedModel> peek() {
    return Optional.ofNullable(current).map(reference -> reference.model);
  }

  /** Puts a model in, for all leases from now on. The slot owns it. */
  public void put(LoadedModel next) {
    replace(new Reference(next));
  }

  /** Empties the slot. */
  public void clear() {
    replace(null);
  }

  /** Empties the slot for good: a model that is leased is closed with its last lease. */
  @Override
  public void close() {
    clear();
  }

  /** The model in the slot was released again; those who wait for a release check again. */
  public synchronized void reReleased(long timeUs) {
    if (current != null && current.model.releaseTimeUs() != timeUs) {
      current.model.reReleased(timeUs);
      notifyAll();
    }
  }

  /**
   * Waits for a model.
   *
   * @param accepted whether a model will do
   * @return whether one that will do was in the slot in time
   */
  public synchronized boolean await(Predicate<LoadedModel> accepted, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (current == null || !accepted.test(current.model)) {
      if (!waitUntil(deadline)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Waits until every model that was replaced is closed, so that never more than one beside the
   * current one is in memory.
   *
   * @return whether they were in time
   */
  public synchronized boolean awaitRetiredClosed(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (retired > 0) {
      if (!waitUntil(deadline)) {
        return false;
      }
    }
    return true;
  }

  /** Waits for a change, under the lock; false once the deadline has passed. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private boolean waitUntil(long deadline) throws InterruptedException {
    long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (millis <= 0) {
      return false;
    }
    wait(millis);
    return true;
  }

  private void replace(Reference next) {
    Reference old;
    synchronized (this) {
      old = current;
      current = next;
      retired += old == null ? 0 : 1;
      notifyAll();
    }
    if (old != null) {
      release(old);
    }
  }

  /** Drops one reference; the last one closes the model, outside of the lock. */
  private void release(Reference reference) {
    synchronized (this) {
      reference.count--;
      if (reference.count > 0) {
        return;
      }
    }
    try {
      reference.model.close();
    } finally {
      synchronized (this) {
        retired--;
        notifyAll();
      }
    }
  }
}
