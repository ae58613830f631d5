package io.framewarden.trainer.evaluation;

import java.util.Arrays;

/** The metrics straight from their definitions, in quadratic time. */
final class BruteForce {
  private BruteForce() {}

  static double auc(double[] scores, boolean[] fake) {
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (fake[i] && !fake[j]) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  static double averagePrecision(double[] scores, boolean[] fake) {
    double sum = 0;
    double before = 0;
    for (double threshold : descending(scores)) {
      double recall = share(scores, fake, threshold, true);
      double found = count(scores, fake, threshold, true);
      double precision = found / (found + count(scores, fake, threshold, false));
      sum += (recall - before) * precision;
      before = recall;
    }
    return sum;
  }

  static double tprAtFpr(double[] scores, boolean[] fake, double most) {
    double best = 0;
    for (double threshold : descending(scores)) {
      if (share(scores, fake, threshold, false) <= most) {
        best = Math.max(best, share(scores, fake, threshold, true));
      }
    }
    return best;
  }

  /** No threshold has both errors below this. */
  static double lowerEer(double[] scores, boolean[] fake) {
    double lowest = 1;
    double highest = 0;
    for (double threshold : descending(scores)) {
      double fpr = share(scores, fake, threshold, false);
      double fnr = 1 - share(scores, fake, threshold, true);
      lowest = Math.min(lowest, Math.max(fpr, fnr));
      highest = Math.max(highest, Math.min(fpr, fnr));
    }
    return Math.min(lowest, highest);
  }

  /** Some threshold has both errors at most this. */
  static double upperEer(double[] scores, boolean[] fake) {
    double lowest = 1;
    for (double threshold : descending(scores)) {
      double fpr = share(scores, fake, threshold, false);
      double fnr = 1 - share(scores, fake, threshold, true);
      lowest = Math.min(lowest, Math.max(fpr, fnr));
    }
    return lowest;
  }

  private static double[] descending(double[] scores) {
    double[] sorted = Arrays.stream(scores).distinct().sorted().toArray();
    for (int i = 0; i < sorted.length / 2; i++) {
      double swap = sorted[i];
      sorted[i] = sorted[sorted.length - 1 - i];
      sorted[sorted.length - 1 - i] = swap;
    }
    return sorted;
  }

  private static double share(double[] scores, boolean[] fake, double threshold, boolean of) {
    return count(scores, fake, threshold, of) / count(scores, fake, Double.NEGATIVE_INFINITY, of);
  }

  private static double count(double[] scores, boolean[] fake, double threshold, boolean of) {
    double count = 0;
    for (int i = 0; i < scores.length; i++) {
      count += fake[i] == of && scores[i] >= threshold ? 1 : 0;
    }
    return count;
  }
}
