package io.framewarden.detector.scoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * First in, first out, in batches: full ones at once, a partial one when its oldest element has
 * waited long enough. A batch is full by count or by weight. For one thread; the caller brings the
 * time, in nanoseconds of {@link System#nanoTime}.
 */
public final class Batcher<T> {
  private final int size;
  private final long heaviest;
  private final ToLongFunction<T> weigher;
  private final long lingerNanos;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private long weight;

  /**
   * @param size elements of a full batch, at least 1
   * @param heaviest the most that the elements of a batch weigh together, unless one alone weighs
   *     more
   * @param weigher what an element weighs
   * @param linger how long an element may wait for company
   */
  public Batcher(int size, long heaviest, ToLongFunction<T> weigher, Duration linger) {
    if (size < 1) {
      throw new IllegalArgumentException("batches of " + size);
    }
    this.size = size;
    this.heaviest = heaviest;
    this.weigher = weigher;
    this.lingerNanos = linger.toNanos();
  }

  public void add(T element, long now) {
    Waiting<T> added = new Waiting<>(element, weigher.applyAsLong(element), now);
    waiting.add(added);
    weight += added.weight();
  }

  /** Whether a full batch waits. */
  public boolean isFull() {
    return waiting.size() >= size || weight >= heaviest;
  }

  /** The next batch that is due, oldest first, or empty when none is. */
  public Optional<List<T>> next(long now) {
    if (waiting.isEmpty() || (!isFull() && lingerLeft(now).toNanos() > 0)) {
      return Optional.empty();
    }
    List<T> batch = new ArrayList<>(Math.min(size, waiting.size()));
    long taken = 0;
    while (batch.size() < size && !waiting.isEmpty()) {
      long more = waiting.peek().weight();
      if (!batch.isEmpty() && taken + more > heaviest) {
        break;
      }
      batch.add(waiting.remove().element());
      taken += more;
    }
    weight -= taken;
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

  /** What those that wait weigh together. */
  public long weight() {
    return weight;
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
    weight = waiting.stream().mapToLong(Waiting::weight).sum();
  }

  /** Forgets everything. */
  public void clear() {
    waiting.clear();
    weight = 0;
  }

  private record Waiting<T>(T element, long weight, long since) {}
}
