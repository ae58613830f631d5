package io.framewarden.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Scores with their labels, and the metrics that depend on nothing but their order. Each metric is
 * absent when there is only one class. Immutable.
 */
public final class ScoreSet {
  /** A point of the ROC: shares of reals and of fakes at or above the threshold. */
  public record RocPoint(double threshold, double fpr, double tpr) {}

  /**
   * A bin of the reliability diagram.
   *
   * @param probability mean of its probabilities, in [0, 1]
   * @param fake share of its faces that are fake, in [0, 1]
   * @param faces how many, at least 1
   */
  public record ReliabilityBin(double probability, double fake, int faces) {}

  // Distinct scores, descending, with how many reals and fakes have each.
  private final double[] scores;
  private final int[] realsAt;
  private final int[] fakesAt;
  private final int reals;
  private final int fakes;
  // Where each face went, for reweighting.
  private final int[] tieOf;
  private final boolean[] fake;

  private ScoreSet(double[] scores, int[] tieOf, boolean[] fake, int[] weights) {
    this.scores = scores;
    this.tieOf = tieOf;
    this.fake = fake;
    this.realsAt = new int[scores.length];
    this.fakesAt = new int[scores.length];
    for (int i = 0; i < fake.length; i++) {
      (fake[i] ? fakesAt : realsAt)[tieOf[i]] += weights[i];
    }
    this.reals = Arrays.stream(realsAt).sum();
    this.fakes = Arrays.stream(fakesAt).sum();
  }

  /**
   * Scores with their labels.
   *
   * @param scores finite; higher means more likely fake
   * @param fake the labels, as many
   * @throws IllegalArgumentException on a score that is not finite or arrays of different lengths
   */
  public static ScoreSet of(double[] scores, boolean[] fake) {
    if (scores.length != fake.length) {
      throw new IllegalArgumentException(scores.length + " scores for " + fake.length + " labels");
    }
    if (Arrays.stream(scores).anyMatch(score -> !Double.isFinite(score))) {
      throw new IllegalArgumentException("a score is not a finite number");
    }
    // Adding zero makes one of the two zeros, which sorting would keep apart.
    double[] ascending =
        Arrays.stream(scores).map(score -> score + 0.0).sorted().distinct().toArray();
    int last = ascending.length - 1;
    int[] tieOf = new int[scores.length];
    int[] once = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      tieOf[i] = last - Arrays.binarySearch(ascending, scores[i] + 0.0);
      once[i] = 1;
    }
    double[] descending = new double[ascending.length];
    for (int i = 0; i <= last; i++) {
      descending[i] = ascending[last - i];
    }
    return new ScoreSet(descending, tieOf, fake.clone(), once);
  }

  /** The scores of faces by any measure of theirs. */
  public static ScoreSet of(List<ScoredFace> faces, ToDoubleFunction<ScoredFace> score) {
    boolean[] fake = new boolean[faces.size()];
    for (int i = 0; i < fake.length; i++) {
      fake[i] = faces.get(i).fake();
    }
    return of(faces.stream().mapToDouble(score).toArray(), fake);
  }

  /**
   * The same scores with each face counted this often: a bootstrap resample.
   *
   * @param weights one for each face in the order of construction, none negative
   */
  public ScoreSet reweighted(int[] weights) {
    return new ScoreSet(scores, tieOf, fake, weights);
  }

  /** How many faces are real, each counted by its weight. */
  public int reals() {
    return reals;
  }

  /** How many faces are fake, each counted by its weight. */
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
    for (int i = 0; i < scores.length; i++) {
      won += realsAt[i] * (fakesAbove + 0.5 * fakesAt[i]);
      fakesAbove += fakesAt[i];
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
    long flagged = 0;
    long found = 0;
    for (int i = 0; i < scores.length; i++) {
      flagged += realsAt[i];
      found += fakesAt[i];
      double nextFpr = (double) flagged / reals;
      double nextFnr = 1 - (double) found / fakes;
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
    for (int i = 0; i < scores.length; i++) {
      found += fakesAt[i];
      flagged += fakesAt[i] + realsAt[i];
      if (fakesAt[i] > 0) {
        sum += (double) fakesAt[i] / fakes * (found / flagged);
      }
    }
    return OptionalDouble.of(sum);
  }

  /** The largest share of fakes found by a threshold that flags at most this share of reals. */
  public OptionalDouble tprAtFpr(double maxFpr) {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    long flagged = 0;
    long found = 0;
    for (int i = 0; i < scores.length; i++) {
      flagged += realsAt[i];
      if (flagged > maxFpr * reals) {
        break;
      }
      found += fakesAt[i];
    }
    return OptionalDouble.of((double) found / fakes);
  }

  /** The share of faces on their right side: fake at or above the threshold, real below. */
  public OptionalDouble accuracy(double threshold) {
    if (oneClass()) {
      return OptionalDouble.empty();
    }
    long right = 0;
    for (int i = 0; i < scores.length; i++) {
      right += scores[i] >= threshold ? fakesAt[i] : realsAt[i];
    }
    return OptionalDouble.of((double) right / (reals + fakes));
  }

  /** The share of a class at or above the threshold; empty without that class. */
  public OptionalDouble share(boolean ofFakes, double threshold) {
    long count = 0;
    for (int i = 0; i < scores.length && scores[i] >= threshold; i++) {
      count += ofFakes ? fakesAt[i] : realsAt[i];
    }
    int all = ofFakes ? fakes : reals;
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / all);
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
    double error = 0;
    for (ReliabilityBin bin : reliability(bins)) {
      error += bin.faces() * Math.abs(bin.probability() - bin.fake());
    }
    return OptionalDouble.of(error / (reals + fakes));
  }

  /**
   * The reliability diagram of scores that are probabilities: the bins that hold faces, rising.
   *
   * @param bins equally wide ones over [0, 1]
   * @throws IllegalStateException when a score is outside [0, 1]
   */
  public List<ReliabilityBin> reliability(int bins) {
    double[] probability = new double[bins];
    int[] found = new int[bins];
    int[] faces = new int[bins];
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] < 0 || scores[i] > 1) {
        throw new IllegalStateException(scores[i] + " is no probability");
      }
      int bin = Math.min(bins - 1, (int) (scores[i] * bins));
      probability[bin] += scores[i] * (realsAt[i] + fakesAt[i]);
      found[bin] += fakesAt[i];
      faces[bin] += realsAt[i] + fakesAt[i];
    }
    List<ReliabilityBin> filled = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      if (faces[bin] > 0) {
        filled.add(
            new ReliabilityBin(
                probability[bin] / faces[bin], (double) found[bin] / faces[bin], faces[bin]));
      }
    }
    return filled;
  }

  /**
   * The ROC from (0, 0) to (1, 1), one point for each distinct score; empty with one class only.
   */
  public List<RocPoint> roc() {
    if (oneClass()) {
      return List.of();
    }
    List<RocPoint> points = new ArrayList<>(List.of(new RocPoint(Double.POSITIVE_INFINITY, 0, 0)));
    long flagged = 0;
    long found = 0;
    for (int i = 0; i < scores.length; i++) {
      flagged += realsAt[i];
      found += fakesAt[i];
      points.add(new RocPoint(scores[i], (double) flagged / reals, (double) found / fakes));
    }
    return points;
  }

  private boolean oneClass() {
    return reals == 0 || fakes == 0;
  }
}
