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
  private static final int BYTES_EACH = 51_200;

  private record Kept(int number, FaceImage image) {}

  private final AtomicReferenceArray<Kept> slots;

  /**
   * @param bytes the most memory to take; one image is always kept
   */
  FaceCache(long bytes) {
    slots = new AtomicReferenceArray<>((int) Math.max(1, Math.min(1 << 28, bytes / BYTES_EACH)));
  }

  FaceImage get(int number, Supplier<FaceImage> read) {
    int slot = number % slots.length();
    Kept kept = slots.get(slot);
    if (kept != null && kept.number() == number) {
      return kept.image();
    }
    FaceImage image = read.get();
    slots.set(slot, new Kept(number, image));
    return image;
  }
}
