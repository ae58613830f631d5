package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import java.util.Optional;

/**
 * Detects scene cuts in the sampled frames of one video. Frames are scaled down to 32x32 and
 * normalized to the same mean and contrast, so that lamps, exposure and fades do not count; each
 * 8x8 block is matched near its position in the previous frame, so that movement and pans count
 * little. What remains, per mille of the contrast, is the difference. It is a cut when it is large
 * and also large for this scene. Flat frames (black, white, one level) are skipped: the frame after
 * them is compared with the last one that had structure.
 *
 * <p>Integer arithmetic, so every machine finds the same cuts. One video, one thread.
 */
final class SceneCutDetector {
  /** Names the method in the video marker; changes whenever its results would. */
  static final String METHOD = "moved-blocks-1";

  /** The lowest difference of a cut. Within scenes at most 300 was seen, between scenes 690. */
  static final int MIN_DIFFERENCE = 500;

  private static final int SIDE = 32;
  private static final int BLOCK = 8;
  private static final int SEARCH_RANGE = 4;

  /** The standard deviation that frames are normalized to. */
  private static final int CONTRAST = 64;

  /** The standard deviation, in gray levels, below which a frame is flat. */
  private static final int MIN_DEVIATION = 3;

  /** How many times more than the average within the scene a cut differs at least. */
  private static final int MIN_RATIO = 2;

  /** A difference from here on is a cut in every scene. */
  private static final int SURE_DIFFERENCE = 900;

  /** How a frame relates to the scene before it. */
  enum Change {
    /** The same scene. */
    NONE,
    /** Another scene. */
    CUT,
    /** The scene before the last cut, which was a flash. */
    RETURN
  }

  private int[] last;
  private int[] interrupted;
  private int average;

  /** Compares the next frame with those before. */
  Change next(GrayImage frame) {
    Optional<int[]> structure = structure(frame);
    if (structure.isEmpty()) {
      return Change.NONE;
    }
    int[] now = structure.get();
    int[] before = last;
    last = now;
    if (before == null) {
      return Change.NONE;
    }
    int difference = difference(before, now);
    if (!isCut(difference)) {
      average = average == 0 ? difference : (3 * average + difference) / 4;
      interrupted = null;
      return Change.NONE;
    }
    boolean back = interrupted != null && !isCut(difference(interrupted, now));
    interrupted = back ? null : before;
    if (!back) {
      average = 0;
    }
    return back ? Change.RETURN : Change.CUT;
  }

  private boolean isCut(int difference) {
    return difference >= Math.min(SURE_DIFFERENCE, Math.max(MIN_DIFFERENCE, MIN_RATIO * average));
  }

  /** The frame scaled down, mean 0, standard deviation {@link #CONTRAST}; empty if it is flat. */
  private static Optional<int[]> structure(GrayImage frame) {
    if (frame.width() < SIDE || frame.height() < SIDE) {
      return Optional.empty();
    }
    byte[] small = FrameScaler.toSize(frame, SIDE, SIDE).pixels();
    long sum = 0;
    for (byte level : small) {
      sum += level & 0xff;
    }
    long squares = 0;
    long[] deviations = new long[small.length];
    for (int i = 0; i < small.length; i++) {
      deviations[i] = (long) (small[i] & 0xff) * small.length - sum;
      squares += deviations[i] * deviations[i];
    }
    // The sum stays below 2^53, where the square root of a double is the same on every machine.
    long variance = squares / small.length;
    long deviation = (long) Math.sqrt((double) variance);
    if (deviation < (long) MIN_DEVIATION * small.length) {
      return Optional.empty();
    }
    int[] structure = new int[small.length];
    for (int i = 0; i < small.length; i++) {
      structure[i] = (int) (deviations[i] * CONTRAST / deviation);
    }
    return Optional.of(structure);
  }

  /** Per mille of the contrast by which blocks differ from their best match in the frame before. */
  private static int difference(int[] before, int[] now) {
    long sum = 0;
    for (int y = 0; y < SIDE; y += BLOCK) {
      for (int x = 0; x < SIDE; x += BLOCK) {
        sum += minBlockDifference(before, now, x, y);
      }
    }
    return (int) (sum * 1000 / ((long) SIDE * SIDE * CONTRAST));
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
