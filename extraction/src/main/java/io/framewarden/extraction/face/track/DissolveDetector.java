package io.framewarden.extraction.face.track;

import java.util.ArrayList;
import java.util.List;

/**
 * Detects dissolves in the sampled frames of one video: one scene fades into another. Within a
 * dissolve each frame is a mixture of the two scenes, so all frames lie near a straight line from
 * one to the other and move along it one way. Neither a camera's movement nor a person's does that:
 * half way through it, a frame shows things where neither end has them, least of all its fine
 * detail. A change of light lies on a line too, but keeps the detail, which a dissolve replaces.
 *
 * <p>Frames are compared with those up to {@value #MAX_SPAN_US} microseconds before, at most ten a
 * second, so that the rate of sampling matters little. The cut is about where the second scene
 * comes to prevail. Integer arithmetic, so every machine finds the same. One video, one thread.
 */
final class DissolveDetector {
  /** Names the method in the video marker; changes whenever its results would. */
  static final String METHOD = "straight-line-1";

  private static final long MIN_STEP_US = 95_000;
  private static final long MIN_SPAN_US = 300_000;
  private static final long MAX_SPAN_US = 2_600_000;

  private static final int PIXELS = SmallFrame.SIDE * SmallFrame.SIDE;

  /** A block has become another where its fine detail correlates by at most this, per mille. */
  private static final int MAX_DETAIL_CORRELATION = 500;

  /** The sum of squares from which on a block has detail: 1.5 gray levels. */
  private static final long MIN_DETAIL = 3000;

  private static final int BLOCK = 8;

  /** And the difference of their moved blocks, per mille, as in {@link SceneCutDetector}. */
  private static final int MIN_DIFFERENCE = 400;

  /** How far a mixture lies off the line: squared, per mille of the line's length. */
  private static final int MAX_DISTANCE = 110;

  /** The same for the fine detail, which a person who moves a little puts further off. */
  private static final int MAX_DETAIL_DISTANCE = 300;

  /** At least one frame lies this far along the line from either end, per mille. */
  private static final int MIN_PROGRESS = 200;

  /** How far a frame may fall back along the line, or lie beyond its ends, per mille. */
  private static final int MAX_RETREAT = 150;

  /** So long after a cut no frame is the first of a dissolve: the last one may not be over. */
  private static final long REST_US = 500_000;

  private static final long REST_AFTER_DISSOLVE_US = 1_200_000;

  private final List<Sample> before = new ArrayList<>();
  private long restUntilUs = Long.MIN_VALUE;

  /**
   * A frame of those that are compared.
   *
   * @param levels half gray levels, their mean 0
   * @param detail of each pixel, by how much it exceeds the mean around it
   */
  private record Sample(long ptsUs, SmallFrame frame, int[] levels, int[] detail) {
    static Sample of(long ptsUs, SmallFrame frame) {
      int[] levels = new int[PIXELS];
      for (int i = 0; i < PIXELS; i++) {
        levels[i] = frame.deviation(i) / 512;
      }
      int[] detail = new int[PIXELS];
      for (int y = 1; y < SmallFrame.SIDE - 1; y++) {
        for (int x = 1; x < SmallFrame.SIDE - 1; x++) {
          detail[y * SmallFrame.SIDE + x] = detail(levels, y * SmallFrame.SIDE + x);
        }
      }
      return new Sample(ptsUs, frame, levels, detail);
    }

    private static int detail(int[] levels, int at) {
      int sum = 0;
      for (int row = at - SmallFrame.SIDE; row <= at + SmallFrame.SIDE; row += SmallFrame.SIDE) {
        sum += levels[row - 1] + levels[row] + levels[row + 1];
      }
      return (9 * levels[at] - sum) / 4;
    }
  }

  /**
   * Takes the next frame.
   *
   * @param ptsUs its time in microseconds, never before the previous one's
   * @return whether a dissolve has led to another scene, which begins with this frame
   */
  boolean next(long ptsUs, SmallFrame frame) {
    if (frame.isFlat()) {
      before.clear();
    }
    if (frame.isFlat() || ptsUs < restUntilUs) {
      return false;
    }
    if (!before.isEmpty() && ptsUs - before.get(before.size() - 1).ptsUs() < MIN_STEP_US) {
      return false;
    }
    before.removeIf(sample -> ptsUs - sample.ptsUs() > MAX_SPAN_US);
    before.add(Sample.of(ptsUs, frame));
    for (int first = before.size() - 3; first >= 0; first--) {
      if (isDissolve(before.subList(first, before.size()))) {
        restart(ptsUs + REST_AFTER_DISSOLVE_US - REST_US);
        return true;
      }
    }
    return false;
  }

  /** Forgets all frames: from this time on there is another scene. */
  void restart(long ptsUs) {
    before.clear();
    restUntilUs = ptsUs + REST_US;
  }

  private static boolean isDissolve(List<Sample> samples) {
    Sample first = samples.get(0);
    Sample last = samples.get(samples.size() - 1);
    return last.ptsUs() - first.ptsUs() >= MIN_SPAN_US
        && isReplaced(first.detail(), last.detail())
        && isStraight(samples)
        && last.frame().difference(first.frame()) >= MIN_DIFFERENCE
        // Of a zoom, the wider frame has most of the nearer one.
        && first.frame().difference(last.frame()) >= MIN_DIFFERENCE;
  }

  /** Whether the frames between the first and the last are mixtures of the two. */
  private static boolean isStraight(List<Sample> samples) {
    Sample first = samples.get(0);
    Sample last = samples.get(samples.size() - 1);
    Line levels = Line.between(first.levels(), last.levels());
    Line detail = Line.between(first.detail(), last.detail());
    long previous = 0;
    boolean mixed = false;
    for (Sample sample : samples.subList(1, samples.size() - 1)) {
      long progress = levels.progress(sample.levels());
      if (levels.distance(sample.levels()) > MAX_DISTANCE
          || progress < previous - MAX_RETREAT
          || progress > 1000 + MAX_RETREAT
          || detail.distance(sample.detail()) > MAX_DETAIL_DISTANCE) {
        return false;
      }
      mixed |= progress >= MIN_PROGRESS && progress <= 1000 - MIN_PROGRESS;
      previous = progress;
    }
    return mixed;
  }

  /** Whether most blocks that have detail have other detail than before. */
  private static boolean isReplaced(int[] first, int[] last) {
    int detailed = 0;
    int replaced = 0;
    for (int y = 0; y < SmallFrame.SIDE; y += BLOCK) {
      for (int x = 0; x < SmallFrame.SIDE; x += BLOCK) {
        int at = y * SmallFrame.SIDE + x;
        long before = product(first, first, at);
        long after = product(last, last, at);
        if (Math.min(before, after) >= MIN_DETAIL) {
          detailed++;
          // Both square roots are those of whole numbers: the same on every machine.
          double most = Math.sqrt((double) before) * Math.sqrt((double) after);
          replaced += product(first, last, at) * 1000 <= MAX_DETAIL_CORRELATION * most ? 1 : 0;
        } else if (Math.max(before, after) >= 4 * MIN_DETAIL) {
          detailed++;
          replaced++;
        }
      }
    }
    return detailed > 0 && 2 * replaced > detailed;
  }

  private static long product(int[] one, int[] other, int at) {
    long sum = 0;
    for (int row = at; row < at + BLOCK * SmallFrame.SIDE; row += SmallFrame.SIDE) {
      for (int i = row; i < row + BLOCK; i++) {
        sum += (long) one[i] * other[i];
      }
    }
    return sum;
  }
}
