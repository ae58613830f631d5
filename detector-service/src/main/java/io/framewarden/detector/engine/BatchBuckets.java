package io.framewarden.detector.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The batch sizes that an engine has plans for. A batch of another size is split and padded to
 * them.
 *
 * @param sizes ascending, without repeats, each 1 to {@link #MAX_SIZE}
 */
public record BatchBuckets(List<Integer> sizes) {
  /** The scorer's largest batch: larger buckets would never be used. */
  public static final int MAX_SIZE = 256;

  /** One face alone, and powers of two up to where GPUs stop gaining. */
  public static final BatchBuckets DEFAULT = new BatchBuckets(List.of(1, 4, 8, 16, 32, 64));

  /** An estimate of a call's fixed cost, in faces, so that few calls are made. */
  private static final int CALL_COST = 4;

  /**
   * A part of a batch.
   *
   * @param faces of the batch, at least one
   * @param bucket the plan's batch size, at least {@code faces}
   */
  public record Part(int faces, int bucket) {
    /** Padding rows, whose scores are dropped. */
    public int padding() {
      return bucket - faces;
    }
  }

  public BatchBuckets {
    sizes = List.copyOf(new TreeSet<>(sizes));
    if (sizes.isEmpty() || sizes.get(0) < 1 || sizes.get(sizes.size() - 1) > MAX_SIZE) {
      throw new IllegalArgumentException(
          "batch buckets are whole numbers from 1 to " + MAX_SIZE + ", not " + sizes);
    }
  }

  /**
   * Reads a list such as {@code 1,4,8}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static BatchBuckets parse(String text) {
    return new BatchBuckets(
        Arrays.stream(text.split(",", -1)).map(String::trim).map(Integer::valueOf).toList());
  }

  /** The list as {@link #parse} reads it. */
  public String format() {
    return String.join(",", sizes.stream().map(String::valueOf).toList());
  }

  public int largest() {
    return sizes.get(sizes.size() - 1);
  }

  /**
   * The parts that score a batch at the least cost, larger ones first; only the last is padded.
   *
   * @param faces at least one
   */
  public List<Part> split(int faces) {
    if (faces < 1) {
      throw new IllegalArgumentException("a batch of " + faces + " faces");
    }
    int[] cost = new int[faces + 1];
    int[] choice = new int[faces + 1];
    for (int left = 1; left <= faces; left++) {
      cost[left] = Integer.MAX_VALUE;
      for (int size : sizes) {
        int total = size + CALL_COST + cost[Math.max(0, left - size)];
        if (total <= cost[left]) { // of equals the larger: fewer calls
          cost[left] = total;
          choice[left] = size;
        }
      }
    }
    List<Integer> chosen = new ArrayList<>();
    for (int left = faces; left > 0; left -= choice[left]) {
      chosen.add(choice[left]);
    }
    chosen.sort(java.util.Comparator.reverseOrder());
    return parts(faces, chosen);
  }

  /** Padding rows of a batch of that many faces. */
  public int padding(int faces) {
    return split(faces).stream().mapToInt(Part::padding).sum();
  }

  private static List<Part> parts(int faces, List<Integer> chosen) {
    List<Part> parts = new ArrayList<>();
    int left = faces;
    for (int bucket : chosen) {
      parts.add(new Part(Math.min(left, bucket), bucket));
      left -= bucket;
    }
    return parts;
  }
}
