package io.framewarden.trainer.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Scores with their labels, and the metrics that depend on nothing but their order. Each metric is
 * absent when there is only one class. Immutable.
 */
public final class ScoreSet {
  /** Descending distinct scores with how many reals and fakes have each. */
  private record Tie(double score, int reals, int fakes) {}

  private final List<Tie> ties;
  private final int reals;
  private final int fakes;

  /**
   * @param scores finite; higher means more likely fake
   * @param fake the labels, as many
   * @throws IllegalArgumentException on a score that is not finite or arrays of different lengths
   */
  public ScoreSet(double[] scores, boolean[] fake) {
    if (scores.length != fake.length) {
      throw new IllegalArgumentException(scores.length + " scores for " + fake.length + " labels");
    }
    if (Arrays.stream(scores).anyMatch(score -> !Double.isFinite(score))) {
      throw new IllegalArgumentException("a score is not a finite number");
    }
    this.ties = ties(scores, fake);
    this.reals = ties.stream().mapToInt(Tie::reals).sum();
    this.fakes = ties.stream().mapToInt(Tie::fakes).sum();
  }

  /** The scores of faces by any measure of theirs. */
  public static ScoreSet of(List<ScoredFace> faces, ToDoubleFunction<ScoredFace> score) {
    boolean[] fake = new boolean[faces.size()];
    for (int i = 0; i < fake.length; i++) {
      fake[i] = faces.get(i).fake();
    }
    return new ScoreSet(faces.stream().mapToDouble(score).toArray(), fake);
  }

  public int reals() {
    return reals;
  }

  public int fakes() {
    return fakes;
  }

  /** Probability that a fake scores above a real one; a tie counts half. */
  public OptionalDouble auc() {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    double fakesAbove = 0;
    double won = 0;
    for (Tie tie : ties) {
      won += tie.reals() * (fakesAbove + 0.5 * tie.fakes());
      fakesAbove += tie.fakes();
    }
    return OptionalDouble.of(won / ((double) reals * fakes));
  }

  /**
   * The error rate where false positives and false negatives are equally frequent, interpolated on
   * the straight lines between the points of the ROC.
   */
  public OptionalDouble eer() {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    double fpr = 0;
    double fnr = 1;
    for (Tie tie : ties) {
      double nextFpr = fpr + (double) tie.reals() / reals;
      double nextFnr = fnr - (double) tie.fakes() / fakes;
      if (nextFpr >= nextFnr) {
        double along = (fnr - fpr) / ((nextFpr - fpr) + (fnr - nextFnr));
        return OptionalDouble.of(fpr + along * (nextFpr - fpr));
      }
      fpr = nextFpr;
      fnr = nextFnr;
    }
    throw new AssertionError("the ROC ends at FPR 1, FNR 0");
  }

  /** Average precision: precision at each distinct score, weighted by the recall it adds. */
  public OptionalDouble averagePrecision() {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    double found = 0;
    double flagged = 0;
    double sum = 0;
    for (Tie tie : ties) {
      found += tie.fakes();
      flagged += tie.fakes() + tie.reals();
      sum += (double) tie.fakes() / fakes * (found / flagged);
    }
    return OptionalDouble.of(sum);
  }

  /** The largest share of fakes found by a threshold that flags at most this share of reals. */
  public OptionalDouble tprAtFpr(double mostFpr) {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    long flagged = 0;
    long found = 0;
    for (Tie tie : ties) {
      flagged += tie.reals();
      if (flagged > mostFpr * reals) {
        break;
      }
      found += tie.fakes();
    }
    return OptionalDouble.of((double) found / fakes);
  }

  /** The share of faces on their right side: fake at or above the threshold, real below. */
  public OptionalDouble accuracy(double threshold) {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    long right = 0;
    for (Tie tie : ties) {
      right += tie.score() >= threshold ? tie.fakes() : tie.reals();
    }
    return OptionalDouble.of((double) right / (reals + fakes));
  }

  /**
   * Expected calibration error of scores that are probabilities: over equally wide bins, the mean
   * of |mean probability - share of fakes|, weighted by the bins' sizes.
   *
   * @throws IllegalStateException when a score is outside [0, 1]
   */
  public OptionalDouble calibrationError(int bins) {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    double[] probability = new double[bins];
    double[] fake = new double[bins];
    for (Tie tie : ties) {
      if (tie.score() < 0 || tie.score() > 1) {
        throw new IllegalStateException(tie.score() + " is no probability");
      }
      int bin = Math.min(bins - 1, (int) (tie.score() * bins));
      probability[bin] += tie.score() * (tie.reals() + tie.fakes());
      fake[bin] += tie.fakes();
    }
    double error = 0;
    for (int bin = 0; bin < bins; bin++) {
      error += Math.abs(probability[bin] - fake[bin]);
    }
    return OptionalDouble.of(error / (reals + fakes));
  }

  private boolean oneClass() {
    return reals == 0 || fakes == 0;
  }

  private static List<Tie> ties(double[] scores, boolean[] fake) {
    List<Tie> single = new java.util.ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      single.add(new Tie(scores[i], fake[i] ? 0 : 1, fake[i] ? 1 : 0));
    }
    single.sort(Comparator.comparingDouble(Tie::score).reversed());
    List<Tie> ties = new java.util.ArrayList<>();
    for (Tie next : single) {
      int last = ties.size() - 1;
      if (last >= 0 && ties.get(last).score() == next.score()) {
        Tie before = ties.get(last);
        ties.set(
            last,
            new Tie(before.score(), before.reals() + next.reals(), before.fakes() + next.fakes()));
      } else {
        ties.add(next);
      }
    }
    return List.copyOf(ties);
  }
}
