package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.FrameScaler;
import io.framewarden.extraction.face.GrayImage;
import java.util.Optional;

/**
 * Tells cuts from movement in the frames of one video that are looked at. Frames are reduced to
 * 32x32 and brought to the same mean and contrast, so that lamps, exposure and fades do not count;
 * each block of 8x8 is looked for near its place in the frame before, so that movement and pans
 * count little. What remains, per mille of the contrast, is the difference. It is a cut when it is
 * large and also large for this scene. Frames without structure (black, white, one level) are
 * passed over: behind them the last one that had any is compared.
 *
 * <p>Whole-number arithmetic, so every machine finds the same cuts. One video, one thread.
 */
final class SceneCutDetector {
  /** Names this way of finding cuts; changes whenever its results would. */
  static final String METHOD = "moved-blocks-1";

  /** A difference that may be a cut. Within scenes at most 300 was seen, between scenes 690. */
  static final int LEAST = 500;

  private static final int SIDE = 32;
  private static final int BLOCK = 8;
  private static final int REACH = 4;

  /** Units that a frame's contrast is brought to. */
  private static final int CONTRAST = 64;

  /** Levels of contrast below which a frame shows nothing. */
  private static final int FLAT = 3;

  /** A cut differs this many times more than frames of its scene usually do. */
  private static final int TIMES_USUAL = 2;

  /** Above this everything is a cut, however wild the scene was. */
  private static final int MOST = 900;

  /** What became of the scene. */
  enum Change {
    /** The same scene. */
    NONE,
    /** Another scene. */
    CUT,
    /** The scene that the frame before had interrupted: it was a flash. */
    RETURN
  }

  private int[] last;
  private int[] interrupted;
  private int usual;

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
      usual = usual == 0 ? difference : (3 * usual + difference) / 4;
      interrupted = null;
      return Change.NONE;
    }
    boolean back = interrupted != null && !isCut(difference(interrupted, now));
    interrupted = back ? null : before;
    if (!back) {
      usual = 0;
    }
    return back ? Change.RETURN : Change.CUT;
  }

  private boolean isCut(int difference) {
    return difference >= Math.min(MOST, Math.max(LEAST, TIMES_USUAL * usual));
  }

  /** The frame in small, mean 0, {@link #CONTRAST} units of deviation; empty if it is flat. */
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
    // The sum stays below 2^53, where the square root of a double is exact enough to be the same.
    long variance = squares / small.length;
    long deviation = (long) Math.sqrt((double) variance);
    if (deviation < (long) FLAT * small.length) {
      return Optional.empty();
    }
    int[] structure = new int[small.length];
    for (int i = 0; i < small.length; i++) {
      structure[i] = (int) (deviations[i] * CONTRAST / deviation);
    }
    return Optional.of(structure);
  }

  /** Per mille of the contrast by which the blocks of a frame differ from their like before. */
  private static int difference(int[] before, int[] now) {
    long sum = 0;
    for (int y = 0; y < SIDE; y += BLOCK) {
      for (int x = 0; x < SIDE; x += BLOCK) {
        sum += least(before, now, x, y);
      }
    }
    return (int) (sum * 1000 / ((long) SIDE * SIDE * CONTRAST));
  }

  private static int least(int[] before, int[] now, int x, int y) {
    int least = Integer.MAX_VALUE;
    for (int fromY = Math.max(0, y - REACH); fromY <= Math.min(SIDE - BLOCK, y + REACH); fromY++) {
      for (int fromX = Math.max(0, x - REACH);
          fromX <= Math.min(SIDE - BLOCK, x + REACH);
          fromX++) {
        int sum = 0;
        for (int row = 0; row < BLOCK && sum < least; row++) {
          for (int column = 0; column < BLOCK; column++) {
            sum +=
                Math.abs(
                    now[(y + row) * SIDE + x + column]
                        - before[(fromY + row) * SIDE + fromX + column]);
          }
        }
        least = Math.min(least, sum);
      }
    }
    return least;
  }
}
