package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DerangementTest {
  @Test
  void noFaceIsPairedWithItsOwnFakeOrOriginal() {
    for (int seed = 0; seed < 2_000; seed++) {
      List<String> origins = origins(seed);
      int[] partners = Derangement.of(origins, seed);
      for (int i = 0; i < partners.length; i++) {
        assertNotEquals(origins.get(i), origins.get(partners[i]), "seed " + seed + ": " + origins);
      }
      assertEquals(Set.copyOf(origins).size() > 1 ? origins.size() : 0, partners.length);
    }
  }

  @Test
  void everyFaceIsPartnerOnceWhereNoOriginHasMoreThanHalf() {
    List<String> pairs = List.of("a", "a", "b", "b", "c", "c", "d");
    for (int seed = 0; seed < 200; seed++) {
      int[] partners = Derangement.of(pairs, seed);
      assertEquals(pairs.size(), Arrays.stream(partners).distinct().count(), "seed " + seed);
    }
  }

  @Test
  void everyFaceOfAnotherOriginMayBeThePartner() {
    Set<Integer> partners = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      partners.add(Derangement.of(List.of("a", "a", "b", "b", "c", "c"), seed)[0]);
    }
    assertEquals(Set.of(2, 3, 4, 5), partners);
  }

  /** From 1 to 20 faces, of one origin up to as many. */
  private static List<String> origins(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 1 + random.nextInt(20);
    int people = 1 + random.nextInt(size);
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      origins.add("person " + random.nextInt(people));
    }
    return origins;
  }
}
