package io.framewarden.detector.release;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The place of a running model: one thread puts models in, several scoring threads borrow what is
 * in it. A model that was replaced is closed when the last borrower has given it back. Safe for
 * several threads.
 */
public final class ModelSlot implements AutoCloseable {

  /** A model and how many have it. */
  private static final class Held {
    private final LoadedModel model;
    private int borrowers;
    private boolean closed;

    Held(LoadedModel model) {
      this.model = model;
    }
  }

  private Held current;
  private int replacedButBorrowed;

  /** A source for one scoring thread. */
  public Borrower borrower() {
    return new Borrower();
  }

  /** What is in the slot, for looking at: only borrowers may score. */
  public synchronized Optional<LoadedModel> peek() {
    return Optional.ofNullable(current).map(held -> held.model);
  }

  /** Puts a model in, from each borrower's next batch on; the slot owns it. Null empties it. */
  public void put(LoadedModel next) {
    LoadedModel unused = null;
    synchronized (this) {
      if (current != null && current.borrowers > 0) {
        replacedButBorrowed++;
      } else if (current != null) {
        unused = current.model;
      }
      current = next == null ? null : new Held(next);
      notifyAll();
    }
    close(unused);
  }

  /** The model in the slot was released again; who waits for a release looks anew. */
  public synchronized void releasedAgain(long timeUs) {
    if (current != null && current.model.releaseTimeUs() != timeUs) {
      current.model.releasedAgain(timeUs);
      notifyAll();
    }
  }

  /**
   * Waits for a model.
   *
   * @return whether one that will do was in the slot in time
   */
  public synchronized boolean await(Predicate<LoadedModel> willDo, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (current == null || !willDo.test(current.model)) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * Waits until every model that was replaced is given back and closed, so that never more than one
   * beside the current one is in memory.
   *
   * @return whether they were in time
   */
  public synchronized boolean awaitGivenBack(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (replacedButBorrowed > 0) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Closes the model, borrowed or not: those who score have ended. */
  @Override
  public void close() {
    LoadedModel last;
    synchronized (this) {
      last = current == null ? null : current.model;
      if (current != null) {
        current.closed = true;
      }
      current = null;
    }
    close(last);
  }

  private static void close(LoadedModel model) {
    if (model != null) {
      model.close();
    }
  }

  private void giveBack(Held held) {
    LoadedModel unused = null;
    synchronized (this) {
      held.borrowers--;
      if (held.borrowers == 0 && held != current && !held.closed) {
        unused = held.model;
      }
    }
    if (unused != null) {
      unused.close();
      synchronized (this) {
        replacedButBorrowed--;
        notifyAll();
      }
    }
  }

  /** One scoring thread's view of the slot. For that thread only. */
  public final class Borrower implements ModelSource {
    private Held mine;

    private Borrower() {}

    /**
     * The model for the next batch.
     *
     * @throws IllegalStateException when there is none
     */
    @Override
    public LoadedModel current() {
      return borrow().orElseThrow(() -> new IllegalStateException("no model is loaded"));
    }

    /** As {@link #current}, for a slot that may be empty. */
    public Optional<LoadedModel> borrow() {
      Held before = mine;
      synchronized (ModelSlot.this) {
        if (before == current) {
          return Optional.ofNullable(before).map(held -> held.model);
        }
        mine = current;
        if (mine != null) {
          mine.borrowers++;
        }
      }
      if (before != null) {
        giveBack(before);
      }
      return Optional.ofNullable(mine).map(held -> held.model);
    }

    @Override
    public void handBack() {
      Held before = mine;
      mine = null;
      if (before != null) {
        giveBack(before);
      }
    }
  }
}
