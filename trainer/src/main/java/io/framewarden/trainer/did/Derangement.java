package io.framewarden.trainer.did;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whose I_os stands with whose I_df in the marginal pairs of the MI estimate. */
public final class Derangement {

  private Derangement() {}

  /**
   * A random partner of another origin for each face: never itself, nor its own fake or original,
   * with which it shares much of I_os. A permutation, unless more than half of the faces are of one
   * origin: then some are partners of several.
   *
   * @param origins for each face whom it was taken of
   * @param seed decides the partners
   * @return for each index the index of its partner; empty where all faces are of one origin
   */
  public static int[] of(List<String> origins, long seed) {
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>();
    int largest = 0;
    for (List<Integer> group : groups(origins, random)) {
      order.addAll(group);
      largest = Math.max(largest, group.size());
    }
    int n = order.size();
    if (largest == n) {
      return new int[0];
    }
    // Faces of one origin lie side by side: turned by at least the longest run, and by no more than
    // leaves as much on the other side, the order meets itself nowhere.
    int turn = largest + random.nextInt(Math.max(1, n - 2 * largest + 1));
    int[] partners = new int[n];
    for (int i = 0; i < n; i++) {
      int face = order.get(i);
      int at = i + turn;
      while (origins.get(order.get(at % n)).equals(origins.get(face))) {
        at++;
      }
      partners[face] = order.get(at % n);
    }
    return partners;
  }

  /** The faces by their origins, both in random order. */
  private static List<List<Integer>> groups(List<String> origins, Random random) {
    Map<String, List<Integer>> byOrigin = new LinkedHashMap<>();
    for (int i = 0; i < origins.size(); i++) {
      byOrigin.computeIfAbsent(origins.get(i), origin -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> groups = new ArrayList<>(byOrigin.values());
    Collections.shuffle(groups, random);
    groups.forEach(group -> Collections.shuffle(group, random));
    return groups;
  }
}
