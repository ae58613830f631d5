package io.framewarden.trainer.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.archive.PersonGroups.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersonGroupsTest {
  @Test
  void somebodyWhoWasNeverLinkedIsAGroup() {
    assertEquals("anna", new PersonGroups().group("anna"));
  }

  @Test
  void chainsOfSwapsAreOneGroupNamedByItsFirstMember() {
    PersonGroups people = new PersonGroups();
    people.link("d", "c");
    people.link("b", "c");
    people.link("x", "y");
    for (String person : List.of("b", "c", "d")) {
      assertEquals("b", people.group(person));
    }
    assertEquals("x", people.group("y"));
  }

  @Test
  void groupsAreTheComponentsInWhateverOrderLinksCome() {
    Random random = new Random(5);
    List<String[]> links = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      links.add(new String[] {"p" + random.nextInt(400), "p" + random.nextInt(400)});
    }
    Map<String, String> expected = componentsBySpreading(links);
    for (int shuffle = 0; shuffle < 5; shuffle++) {
      Collections.shuffle(links, random);
      PersonGroups people = new PersonGroups();
      links.forEach(link -> people.link(link[0], link[1]));
      expected.forEach((person, first) -> assertEquals(first, people.group(person), person));
    }
  }

  @Test
  void sidesAreAboutEightToOneToOneAndAlwaysTheSame() {
    Map<Side, Integer> counts = new EnumMap<>(Side.class);
    for (int i = 0; i < 2000; i++) {
      counts.merge(PersonGroups.side("person " + i), 1, Integer::sum);
    }
    assertTrue(Math.abs(counts.get(Side.TRAIN) - 1600) < 80, counts.toString());
    assertTrue(Math.abs(counts.get(Side.TEST) - 200) < 50, counts.toString());
    assertEquals(PersonGroups.side("anna"), PersonGroups.side("anna"));
  }

  /** The slow way: take over the smaller name of a neighbour until nothing changes. */
  private static Map<String, String> componentsBySpreading(List<String[]> links) {
    Map<String, String> first = new HashMap<>();
    links.forEach(link -> List.of(link).forEach(person -> first.put(person, person)));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (String[] link : links) {
        String a = first.get(link[0]);
        String b = first.get(link[1]);
        String least = a.compareTo(b) < 0 ? a : b;
        changed |= !a.equals(b);
        first.put(link[0], least);
        first.put(link[1], least);
      }
    }
    return first;
  }
}
