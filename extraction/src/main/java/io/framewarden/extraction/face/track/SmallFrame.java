package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;

/**
 * A frame scaled down to 32x32, by which scenes are told apart. Integer arithmetic, the same on
 * every machine. Immutable.
 */
final class SmallFrame {
  static final int SIDE = 32;

  private static final int PIXELS = SIDE * SIDE;
  private static final int BLOCK = 8;
  private static final int SEARCH_RANGE = 4;

  /** The standard deviation that structures are normalized to. */
  private static final int CONTRAST = 64;

  /** The standard deviation, in gray levels, below which a frame is flat. */
  private static final int MIN_DEVIATION = 3;

  private final int[] deviations;

  /** Deviations normalized to {@link #CONTRAST}; null for a flat frame. */
  private final int[] structure;

  private SmallFrame(int[] deviations, int[] structure) {
    this.deviations = deviations;
    this.structure = structure;
  }

  /** Scales a frame down; one of fewer than 32 pixels along a side counts as flat. */
  static SmallFrame of(GrayImage frame) {
    int[] deviations = new int[PIXELS];
    if (frame.width() < SIDE || frame.height() < SIDE) {
      return new SmallFrame(deviations, null);
    }
    byte[] small = FrameScaler.toSize(frame, SIDE, SIDE).pixels();
    int sum = 0;
    for (byte level : small) {
      sum += level & 0xff;
    }
    long squares = 0;
    for (int i = 0; i < PIXELS; i++) {
      deviations[i] = (small[i] & 0xff) * PIXELS - sum;
      squares += (long) deviations[i] * deviations[i];
    }
    // The sum stays below 2^53, where the square root of a double is the same on every machine.
    long deviation = (long) Math.sqrt((double) (squares / PIXELS));
    if (deviation < (long) MIN_DEVIATION * PIXELS) {
      return new SmallFrame(deviations, null);
    }
    int[] structure = new int[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      structure[i] = (int) ((long) deviations[i] * CONTRAST / deviation);
    }
    return new SmallFrame(deviations, structure);
  }

  /** Whether it is black, white, or of hardly more than one level. */
  boolean isFlat() {
    return structure == null;
  }

  /** Row by row, each value less the mean of all, in 1024ths of a gray level. */
  int deviation(int index) {
    return deviations[index];
  }

  /**
   * Per mille of the contrast by which the blocks of this frame differ from their best match near
   * their position in another. Neither frame is flat.
   */
  int difference(SmallFrame before) {
    long sum = 0;
    for (int y = 0; y < SIDE; y += BLOCK) {
      for (int x = 0; x < SIDE; x += BLOCK) {
        sum += minBlockDifference(before.structure, structure, x, y);
      }
    }
    return (int) (sum * 1000 / ((long) PIXELS * CONTRAST));
  }

  private static int minBlockDifference(int[] before, int[] now, int x, int y) {
    int min = Integer.MAX_VALUE;
    for (int fromY = Math.max(0, y - SEARCH_RANGE);
        fromY <= Math.min(SIDE - BLOCK, y + SEARCH_RANGE);
        fromY++) {
      for (int fromX = Math.max(0, x - SEARCH_RANGE);
          fromX <= Math.min(SIDE - BLOCK, x + SEARCH_RANGE);
          fromX++) {
        int sum = 0;
        for (int row = 0; row < BLOCK && sum < min; row++) {
          for (int column = 0; column < BLOCK; column++) {
            sum +=
                Math.abs(
                    now[(y + row) * SIDE + x + column]
                        - before[(fromY + row) * SIDE + fromX + column]);
          }
        }
        min = Math.min(min, sum);
      }
    }
    return min;
  }
}
