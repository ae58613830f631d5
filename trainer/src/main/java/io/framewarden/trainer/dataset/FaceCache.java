package io.framewarden.trainer.dataset;

import io.framewarden.trainer.forgery.FaceImage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps images up to a bound: every face has one slot, by its number, and slots are shared where
 * there are more faces than slots. A set that fits is read once; of a larger one, at least the
 * faces that a batch asks for several times are. Any number of threads, without locks: two that
 * miss together both read.
 */
final class FaceCache {
  /** An image with its geometry and the objects around it. */
  private static final int BYTES_PER_FACE = 51_200;

  private record Entry(int number, FaceImage image) {}

  private final AtomicReferenceArray<Entry> slots;

  /**
   * @param bytes the memory to use at most; one image is always kept
   */
  FaceCache(long bytes) {
    slots =
        new AtomicReferenceArray<>((int) Math.max(1, Math.min(1 << 28, bytes / BYTES_PER_FACE)));
  }

  FaceImage get(int number, Supplier<FaceImage> read) {
    int slot = number % slots.length();
    Entry entry = slots.get(slot);
    if (entry != null && entry.number() == number) {
      return entry.image();
    }
    FaceImage image = read.get();
    slots.set(slot, new Entry(number, image));
    return image;
  }
}
