package io.framewarden.trainer.dataset;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Keeps what was read up to a bound: every face has one slot, by its number, and slots are shared
 * where there are more faces than slots. A set that fits is read once; of a larger one, at least
 * the faces that a batch asks for several times are. Any number of threads, without locks: two that
 * miss together both read.
 */
final class FaceCache<T> {
  /** An image of 224x224 with the objects around it; smaller ones do not pay. */
  private static final int SLOT_BYTES = 51_200;

  private record Entry<T>(int number, T value, int bytes) {}

  private final AtomicReferenceArray<Entry<T>> slots;
  private final AtomicLong used = new AtomicLong();
  private final long bytes;
  private final ToIntFunction<T> size;

  /**
   * @param bytes the memory to use at most
   * @param size of a value in bytes
   */
  FaceCache(long bytes, ToIntFunction<T> size) {
    this.bytes = bytes;
    this.size = size;
    slots = new AtomicReferenceArray<>((int) Math.max(1, Math.min(1 << 28, bytes / SLOT_BYTES)));
  }

  T get(int number, Supplier<T> read) {
    int slot = number % slots.length();
    Entry<T> entry = slots.get(slot);
    if (entry != null && entry.number() == number) {
      return entry.value();
    }
    T value = read.get();
    put(slot, new Entry<>(number, value, size.applyAsInt(value)));
    return value;
  }

  private void put(int slot, Entry<T> entry) {
    if (used.addAndGet(entry.bytes()) > bytes) {
      used.addAndGet(-entry.bytes());
      return;
    }
    Entry<T> before = slots.getAndSet(slot, entry);
    if (before != null) {
      used.addAndGet(-before.bytes());
    }
  }
}
