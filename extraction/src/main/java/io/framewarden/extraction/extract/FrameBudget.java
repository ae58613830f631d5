package io.framewarden.extraction.extract;


/**
 * Room for pictures that are decoded and not yet done with: so many pictures, and so many pixels.
 * Safe for several threads.
 */
final class FrameBudget {
  private final int mostPictures;
  private final long mostPixels;
  private int pictures;
  private long pixels;

  FrameBudget(int mostPictures, long mostPixels) {
    this.mostPictures = mostPictures;
    this.mostPixels = mostPixels;
  }

  /** Waits until there is room for one more picture; a single one always has it. */
  synchronized void take(long size) throws InterruptedException {
    while (pictures > 0 && (pictures >= mostPictures || pixels + size > mostPixels)) {
      wait();
    }
    pictures++;
    pixels += size;
  }

  /** One turned out to have another size than it took room for. */
  synchronized void resize(long from, long to) {
    pixels += to - from;
    notifyAll();
  }

  /** One is done with. */
  synchronized void giveBack(long size) {
    pictures--;
    pixels -= size;
    notifyAll();
  }
}
