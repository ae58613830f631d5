package io.framewarden.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * t-SNE, exact (van der Maaten and Hinton, 2008): points of many dimensions on a plane, so that
 * near ones stay near. Quadratic in the points in time and memory; seeded. Distances between
 * clusters and their sizes mean nothing.
 */
public final class TSne {
  private static final int ITERATIONS = 500;
  private static final int EXAGGERATED = 120;
  private static final double EXAGGERATION = 12;
  private static final int BISECTIONS = 60;
  private static final double MIN_AFFINITY = 1e-12;

  /** More points take minutes. */
  public static final int MAX_POINTS = 2_000;

  private final int n;
  private final double[] p;
  private final double[] y;
  private final double[] velocity;
  private final double[] gain;

  private TSne(double[] p, int n, long seed) {
    this.n = n;
    this.p = p;
    this.y = new double[2 * n];
    this.velocity = new double[2 * n];
    this.gain = new double[2 * n];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2 * n; i++) {
      y[i] = 1e-2 * random.nextGaussian();
    }
    Arrays.fill(gain, 1);
  }

  /**
   * Places the points on a plane.
   *
   * @param points all of one length, at least 4, at most {@link #MAX_POINTS}
   * @param perplexity about how many neighbours a point has; lowered to a third of the points where
   *     there are few
   * @return x and y of each point, centred on (0, 0)
   * @throws IllegalArgumentException for too few or too many points
   */
  public static double[][] of(List<float[]> points, double perplexity, long seed) {
    int n = points.size();
    if (n < 4 || n > MAX_POINTS) {
      throw new IllegalArgumentException("t-SNE takes 4 to " + MAX_POINTS + " points, not " + n);
    }
    double[] p = affinities(points, Math.min(perplexity, (n - 1) / 3.0));
    TSne layout = new TSne(p, n, seed);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      layout.step(iteration);
    }
    double[][] placed = new double[n][];
    for (int i = 0; i < n; i++) {
      placed[i] = new double[] {layout.y[2 * i], layout.y[2 * i + 1]};
    }
    return placed;
  }

  /** Symmetric joint probabilities, of sum 1. */
  private static double[] affinities(List<float[]> points, double perplexity) {
    int n = points.size();
    double[] squared = squaredDistances(points);
    double[] conditional = new double[n * n];
    for (int i = 0; i < n; i++) {
      row(squared, conditional, i, n, Math.log(perplexity));
    }
    double[] p = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        p[i * n + j] =
            Math.max(MIN_AFFINITY, (conditional[i * n + j] + conditional[j * n + i]) / (2 * n));
      }
    }
    return p;
  }

  private static double[] squaredDistances(List<float[]> points) {
    int n = points.size();
    double[] squared = new double[n * n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      float[] a = points.get(i);
      for (int j = 0; j < i; j++) {
        float[] b = points.get(j);
        double distance = 0;
        for (int k = 0; k < a.length; k++) {
          distance += (double) (a[k] - b[k]) * (a[k] - b[k]);
        }
        squared[i * n + j] = distance;
        squared[j * n + i] = distance;
        sum += 2 * distance;
      }
    }
    // Scaled so that the search for bandwidths begins near its end whatever the features' unit.
    double mean = sum / ((double) n * (n - 1));
    for (int i = 0; mean > 0 && i < squared.length; i++) {
      squared[i] /= mean;
    }
    return squared;
  }

  /** One point's neighbours: the precision at which their entropy is the wanted one. */
  private static void row(double[] squared, double[] p, int i, int n, double entropy) {
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    for (int round = 0; round < BISECTIONS; round++) {
      double reached = fill(squared, p, i, n, precision);
      if (Math.abs(reached - entropy) < 1e-5) {
        return;
      }
      if (reached > entropy) {
        low = precision;
        precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
  }

  private static double fill(double[] squared, double[] p, int i, int n, double precision) {
    // The nearest neighbour's distance is taken off, which changes nothing but underflow.
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      nearest = j == i ? nearest : Math.min(nearest, squared[i * n + j]);
    }
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < n; j++) {
      double distance = squared[i * n + j] - nearest;
      double value = j == i ? 0 : Math.exp(-precision * distance);
      p[i * n + j] = value;
      sum += value;
      weighted += j == i ? 0 : value * distance;
    }
    for (int j = 0; j < n; j++) {
      p[i * n + j] /= sum;
    }
    return Math.log(sum) + precision * weighted / sum;
  }

  private void step(int iteration) {
    double exaggeration = iteration < EXAGGERATED ? EXAGGERATION : 1;
    double momentum = iteration < EXAGGERATED ? 0.5 : 0.8;
    double rate = Math.max(50, n / EXAGGERATION / 4);
    double[] gradient = gradient(exaggeration);
    double[] centre = new double[2];
    for (int i = 0; i < 2 * n; i++) {
      boolean signChanged = Math.signum(gradient[i]) != Math.signum(velocity[i]);
      gain[i] = Math.max(0.01, signChanged ? gain[i] + 0.2 : gain[i] * 0.8);
      velocity[i] = momentum * velocity[i] - rate * gain[i] * gradient[i];
      y[i] += velocity[i];
      centre[i % 2] += y[i] / n;
    }
    for (int i = 0; i < 2 * n; i++) {
      y[i] -= centre[i % 2];
    }
  }

  private double[] gradient(double exaggeration) {
    double[] q = new double[n * n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double dx = y[2 * i] - y[2 * j];
        double dy = y[2 * i + 1] - y[2 * j + 1];
        double value = 1 / (1 + dx * dx + dy * dy);
        q[i * n + j] = value;
        sum += 2 * value;
      }
    }
    double[] gradient = new double[2 * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double value = q[i * n + j];
        double pull = 4 * (exaggeration * p[i * n + j] - value / sum) * value;
        double dx = pull * (y[2 * i] - y[2 * j]);
        double dy = pull * (y[2 * i + 1] - y[2 * j + 1]);
        gradient[2 * i] += dx;
        gradient[2 * i + 1] += dy;
        gradient[2 * j] -= dx;
        gradient[2 * j + 1] -= dy;
      }
    }
    return gradient;
  }
}
