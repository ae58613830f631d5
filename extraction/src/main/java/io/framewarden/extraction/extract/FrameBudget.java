package io.framewarden.extraction.extract;

/**
 * Bounds the frames that are decoded and not yet released, in number and in pixels. Safe for
 * several threads.
 */
final class FrameBudget {
  private final int maxFrames;
  private final long maxPixels;
  private int frames;
  private long pixels;

  FrameBudget(int maxFrames, long maxPixels) {
    this.maxFrames = maxFrames;
    this.maxPixels = maxPixels;
  }

  /** Waits until one more frame of a size fits; a single one always does. */
  synchronized void acquire(long size) throws InterruptedException {
    while (frames > 0 && (frames >= maxFrames || pixels + size > maxPixels)) {
      wait();
    }
    frames++;
    pixels += size;
  }

  /** Corrects the size of a frame that was acquired with another one. */
  synchronized void resize(long from, long to) {
    pixels += to - from;
    notifyAll();
  }

  /** Frees what one frame took. */
  synchronized void release(long size) {
    frames--;
    pixels -= size;
    notifyAll();
  }
}
