package io.framewarden.detector.scoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * First in, first out, in batches: full ones at once, a partial one when its oldest element has
 * waited long enough. For one thread; the caller brings the time, in nanoseconds of {@link
 * System#nanoTime}.
 */
public final class Batcher<T> {
  private final int size;
  private final long lingerNanos;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();

  /**
   * @param size elements of a full batch, at least 1
   * @param linger how long an element may wait for company
   */
  public Batcher(int size, Duration linger) {
    if (size < 1) {
      throw new IllegalArgumentException("batches of " + size);
    }
    this.size = size;
    this.lingerNanos = linger.toNanos();
  }

  public void add(T element, long now) {
    waiting.add(new Waiting<>(element, now));
  }

  /** The next batch that is due, oldest first, or empty when none is. */
  public Optional<List<T>> next(long now) {
    if (waiting.isEmpty() || (waiting.size() < size && lingerLeft(now).toNanos() > 0)) {
      return Optional.empty();
    }
    List<T> batch = new ArrayList<>(Math.min(size, waiting.size()));
    while (batch.size() < size && !waiting.isEmpty()) {
      batch.add(waiting.remove().element());
    }
    return Optional.of(batch);
  }

  /**
   * How long the oldest element may still wait: zero when it is due; the linger when none waits.
   */
  public Duration lingerLeft(long now) {
    if (waiting.isEmpty()) {
      return Duration.ofNanos(lingerNanos);
    }
    return Duration.ofNanos(Math.max(0, lingerNanos - (now - waiting.peek().since())));
  }

  /** How many wait. */
  public int size() {
    return waiting.size();
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Forgets the elements that {@code unwanted} names. */
  public void removeIf(Predicate<T> unwanted) {
    waiting.removeIf(each -> unwanted.test(each.element()));
  }

  /** Forgets everything. */
  public void clear() {
    waiting.clear();
  }

  private record Waiting<T>(T element, long since) {}
}
