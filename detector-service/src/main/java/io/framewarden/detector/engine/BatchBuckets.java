package io.framewarden.detector.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The batch sizes that an engine has plans for. A batch of another size is split and padded to
 * them.
 *
 * @param sizes ascending, without repeats, each 1 to {@link #LARGEST}
 */
public record BatchBuckets(List<Integer> sizes) {
  /** More faces than a scorer's largest batch would never be used. */
  public static final int LARGEST = 256;

  /** One face alone, and powers of two up to where GPUs stop gaining. */
  public static final BatchBuckets DEFAULT = new BatchBuckets(List.of(1, 4, 8, 16, 32, 64));

  /** What a call costs before its first face, in faces: an estimate, so that few calls are made. */
  private static final int CALL_COST = 4;

  /**
   * A part of a batch.
   *
   * @param faces of the batch, at least one
   * @param bucket the plan's batch size, at least {@code faces}
   */
  public record Part(int faces, int bucket) {
    /** Rows that are computed for nothing. */
    public int padding() {
      return bucket - faces;
    }
  }

  public BatchBuckets {
    sizes = List.copyOf(new TreeSet<>(sizes));
    if (sizes.isEmpty() || sizes.get(0) < 1 || sizes.get(sizes.size() - 1) > LARGEST) {
      throw new IllegalArgumentException(
          "batch buckets are whole numbers from 1 to " + LARGEST + ", not " + sizes);
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

  /** As {@link #parse} reads it. */
  public String text() {
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

  /** Rows computed for nothing in a batch of that size. */
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
