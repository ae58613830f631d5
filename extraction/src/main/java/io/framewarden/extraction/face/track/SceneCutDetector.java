package io.framewarden.extraction.face.track;

/**
 * Detects hard scene cuts in the sampled frames of one video. Frames are scaled down to 32x32 and
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

  private SmallFrame last;
  private SmallFrame interrupted;
  private int average;

  /** Compares the next frame with those before. */
  Change next(SmallFrame now) {
    if (now.isFlat()) {
      return Change.NONE;
    }
    SmallFrame before = last;
    last = now;
    if (before == null) {
      return Change.NONE;
    }
    int difference = now.difference(before);
    if (!isCut(difference)) {
      average = average == 0 ? difference : (3 * average + difference) / 4;
      interrupted = null;
      return Change.NONE;
    }
    boolean back = interrupted != null && !isCut(now.difference(interrupted));
    interrupted = back ? null : before;
    if (!back) {
      average = 0;
    }
    return back ? Change.RETURN : Change.CUT;
  }

  private boolean isCut(int difference) {
    return difference >= Math.min(SURE_DIFFERENCE, Math.max(MIN_DIFFERENCE, MIN_RATIO * average));
  }
}
