package io.framewarden.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitySplitTest {
  @Test
  void noPersonIsOnTwoSides() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < 500; person++) {
      faces.add(face("p" + person, ""));
      faces.add(face("p" + person, ""));
    }
    IdentitySplit split = IdentitySplit.of(set(faces));
    Set<String> train = people(split.train());
    Set<String> validation = people(split.validation());
    Set<String> test = people(split.test());
    assertEquals(500, train.size() + validation.size() + test.size());
    assertEquals(
        1000,
        split.train().faces().size()
            + split.validation().faces().size()
            + split.test().faces().size());
    assertTrue(train.size() > 360 && train.size() < 440, "train " + train.size());
    assertTrue(test.size() > 25 && test.size() < 80, "test " + test.size());
    assertTrue(validation.size() > 25 && validation.size() < 80, "valid. " + validation.size());
  }

  @Test
  void sideOfAPersonDoesNotDependOnTheOthers() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < 100; person++) {
      faces.add(face("p" + person, ""));
    }
    Set<String> all = people(IdentitySplit.of(set(faces)).test());
    Set<String> half = people(IdentitySplit.of(set(faces.subList(0, 50))).test());
    assertTrue(all.containsAll(half));
  }

  /** Some of these leave a side empty by their hashes, whatever their names are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 10, 12, 20})
  void fewPeopleAreDealtOutSoThatAsManySidesAsCanBeHaveSomebody(int count) {
    for (String family : List.of("a", "b", "c", "d", "e")) {
      List<FaceSample> faces = new ArrayList<>();
      for (int person = 0; person < count; person++) {
        faces.add(face(family + person, ""));
        faces.add(face(family + person, ""));
      }
      IdentitySplit split = IdentitySplit.of(set(faces));
      Set<String> all = new TreeSet<>(people(split.train()));
      all.addAll(people(split.validation()));
      all.addAll(people(split.test()));
      assertEquals(count, all.size());
      assertEquals(
          count, split.train().people() + split.validation().people() + split.test().people());
      assertTrue(split.train().people() >= Math.min(2, count), split.toString());
      assertEquals(count >= 3, split.test().people() > 0);
      assertEquals(count >= 4, split.validation().people() > 0);
      assertEquals(split, IdentitySplit.of(set(faces)));
    }
  }

  @Test
  void fewPeopleWithLabelledSplitsStayThere() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < 5; person++) {
      faces.add(face("p" + person, "train"));
    }
    IdentitySplit split = IdentitySplit.of(set(faces));
    assertEquals(5, split.train().people());
  }

  @Test
  void forgeriesOfOtherPeopleAreDealtOutToo() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < 5; person++) {
      faces.add(face("p" + person, ""));
      faces.add(swap("q" + person, "", ""));
    }
    IdentitySplit split = IdentitySplit.of(set(faces));
    for (FaceSet side : List.of(split.train(), split.validation(), split.test())) {
      assertFalse(side.fakes().isEmpty());
      assertFalse(side.reals().isEmpty());
    }
  }

  @Test
  void labelledSplitsAreKeptAndPullAlongThePersonsOtherFaces() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < 40; person++) {
      faces.add(face("p" + person, "test"));
      faces.add(face("p" + person, ""));
    }
    assertEquals(80, IdentitySplit.of(set(faces)).test().faces().size());
  }

  @Test
  void personWithTwoSplitsIsRefused() {
    var error =
        assertThrows(
            DatasetException.class,
            () -> IdentitySplit.of(set(List.of(face("anna", "train"), face("anna", "test")))));
    assertTrue(error.getMessage().contains("anna"));
  }

  @Test
  void peopleWhomSwapsLinkAreOnOneSide() {
    List<FaceSample> faces = new ArrayList<>();
    for (int person = 0; person < 300; person++) {
      faces.add(face("p" + person, ""));
      faces.add(swap("p" + person, "p" + (person / 3 * 3), ""));
    }
    IdentitySplit split = IdentitySplit.of(set(faces));
    for (FaceSet side : List.of(split.train(), split.validation(), split.test())) {
      Set<String> people = people(side);
      assertTrue(people.size() >= 3, "a side of " + people);
      side.faces().stream()
          .filter(FaceSample::fake)
          .forEach(fake -> assertTrue(people.contains(fake.sourceIdentity())));
    }
  }

  @Test
  void labelledSplitHoldsForEverybodyWhomSwapsLink() {
    List<FaceSample> faces =
        List.of(face("anna", "test"), swap("bob", "anna", ""), face("bob", ""), face("carl", ""));
    assertEquals(Set.of("anna", "bob"), people(IdentitySplit.of(set(faces)).test()));
  }

  @Test
  void swapAcrossLabelledSplitsIsRefused() {
    List<FaceSample> faces = List.of(face("anna", "test"), swap("bob", "anna", "train"));
    var error = assertThrows(DatasetException.class, () -> IdentitySplit.of(set(faces)));
    assertTrue(error.getMessage().contains("bob") && error.getMessage().contains("anna"));
  }

  @Test
  void unknownSplitIsRefused() {
    var error =
        assertThrows(
            DatasetException.class, () -> IdentitySplit.of(set(List.of(face("anna", "holdout")))));
    assertTrue(error.getMessage().contains("holdout"));
  }

  private static Set<String> people(FaceSet faces) {
    return faces.faces().stream().map(FaceSample::identity).collect(Collectors.toSet());
  }

  private static FaceSample face(String identity, String split) {
    return new FaceSample(
        new FaceAttributes(false, FaceSet.REAL, identity, "", "v", split, Map.of(), false),
        null,
        0,
        0);
  }

  private static FaceSample swap(String target, String source, String split) {
    FaceAttributes truth =
        new FaceAttributes(true, "swap", target, source, "v", split, Map.of(), false);
    return new FaceSample(truth, null, 0, 0);
  }

  private static FaceSet set(List<FaceSample> faces) {
    return new FaceSet(faces, Map.of("digest", "{}"), "content", 0);
  }
}
