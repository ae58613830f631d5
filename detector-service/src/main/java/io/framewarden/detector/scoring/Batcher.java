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
 * A first-in, first-out queue that hands out batches: full ones at once, a partial one when its
 * oldest element has waited for the linger. A batch is full by count or by weight. For one thread;
 * the caller passes the time, in nanoseconds of {@link System#nanoTime}.
 */
public final class Batcher<T> {
  private final int size;
  private final long maxWeight;
  private final ToLongFunction<T> weigher;
  private final long lingerNanos;
  private final Deque<Entry<T>> queue = new ArrayDeque<>();
  private long weight;

  /**
   * @param size elements of a full batch, at least 1
   * @param maxWeight what the elements of a batch may weigh together, unless one alone weighs more
   * @param weigher what an element weighs
   * @param linger how long an element may wait for its batch to fill
   */
  public Batcher(int size, long maxWeight, ToLongFunction<T> weigher, Duration linger) {
    if (size < 1) {
      throw new IllegalArgumentException("batches of " + size);
    }
    this.size = size;
    this.maxWeight = maxWeight;
    this.weigher = weigher;
    this.lingerNanos = linger.toNanos();
  }

  /** Queues an element. */
  public void add(T element, long now) {
    Entry<T> added = new Entry<>(element, weigher.applyAsLong(element), now);
    queue.add(added);
    weight += added.weight();
  }

  /** Whether a full batch is queued. */
  public boolean isFull() {
    return queue.size() >= size || weight >= maxWeight;
  }

  /** The next batch that is due, oldest first, or empty when none is. */
  public Optional<List<T>> poll(long now) {
    if (queue.isEmpty() || (!isFull() && lingerLeft(now).toNanos() > 0)) {
      return Optional.empty();
    }
    List<T> batch = new ArrayList<>(Math.min(size, queue.size()));
    long batchWeight = 0;
    while (batch.size() < size && !queue.isEmpty()) {
      long next = queue.peek().weight();
      if (!batch.isEmpty() && batchWeight + next > maxWeight) {
        break;
      }
      batch.add(queue.remove().element());
      batchWeight += next;
    }
    weight -= batchWeight;
    return Optional.of(batch);
  }

  /**
   * How long the oldest element may still wait: zero when it is due; the linger when none waits.
   */
  public Duration lingerLeft(long now) {
    if (queue.isEmpty()) {
      return Duration.ofNanos(lingerNanos);
    }
    return Duration.ofNanos(Math.max(0, lingerNanos - (now - queue.peek().addedAt())));
  }

  /** Weight of the elements that are queued. */
  public long weight() {
    return weight;
  }

  /** Elements that are queued. */
  public int size() {
    return queue.size();
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Removes the elements that {@code unwanted} accepts. */
  public void removeIf(Predicate<T> unwanted) {
    queue.removeIf(each -> unwanted.test(each.element()));
    weight = queue.stream().mapToLong(Entry::weight).sum();
  }

  /** Removes everything. */
  public void clear() {
    queue.clear();
    weight = 0;
  }

  private record Entry<T>(T element, long weight, long addedAt) {}
}
