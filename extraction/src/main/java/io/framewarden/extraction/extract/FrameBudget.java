package io.framewarden.extraction.extract;

/**
 * Room for frames that are decoded and not yet done with: so many frames, and so many pixels. Safe
 * for several threads.
 */
final class FrameBudget {
  private final int mostFrames;
  private final long mostPixels;
  private int frames;
  private long pixels;

  FrameBudget(int mostFrames, long mostPixels) {
    this.mostFrames = mostFrames;
    this.mostPixels = mostPixels;
  }

  /** Waits until there is room for one more frame; a single one always has it. */
  synchronized void take(long size) throws InterruptedException {
    while (frames > 0 && (frames >= mostFrames || pixels + size > mostPixels)) {
      wait();
    }
    frames++;
    pixels += size;
  }

  /** One turned out to have another size than it took room for. */
  synchronized void resize(long from, long to) {
    pixels += to - from;
    notifyAll();
  }

  /** One is done with. */
  synchronized void giveBack(long size) {
    frames--;
    pixels -= size;
    notifyAll();
  }
}
