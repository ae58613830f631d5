package io.framewarden.trainer.dataset;

import io.framewarden.trainer.archive.PersonGroups;
import io.framewarden.trainer.archive.PersonGroups.Side;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts every person on one side: where the archive names a split for a person, there; otherwise by
 * {@link PersonGroups#side}, about 80 % train, 10 % validation, 10 % test. People whom a swapped
 * face links go together, so that no side knows a face that another side is evaluated on.
 *
 * <p>So few people that this leaves a side empty are dealt out by number instead: one to test, one
 * to validation, the others to train, which keeps two before any other side gets somebody. Their
 * sides then depend on who else is there.
 *
 * @param train for the weights
 * @param validation for calibration and operating points
 * @param test for the metrics that are reported
 */
public record IdentitySplit(FaceSet train, FaceSet validation, FaceSet test) {
  /** A swapped face needs two people, and a face to learn from comes before one to measure by. */
  private static final int MIN_TRAIN = 2;

  /**
   * @throws DatasetException when a split label is unknown, or a group of people has two
   */
  public static IdentitySplit of(FaceSet faces) {
    PersonGroups people = new PersonGroups();
    for (FaceSample face : faces.faces()) {
      if (!face.sourceIdentity().isBlank()) {
        people.link(face.identity(), face.sourceIdentity());
      }
    }
    Map<String, Side> named = named(faces, people);
    Map<String, Side> sides = new HashMap<>(named);
    Set<String> real = new HashSet<>();
    Set<String> fakeOnly = new HashSet<>();
    for (FaceSample face : faces.faces()) {
      String group = people.group(face.identity());
      sides.computeIfAbsent(group, PersonGroups::side);
      (face.fake() ? fakeOnly : real).add(group);
    }
    fakeOnly.removeAll(real);
    dealWhereEmpty(real, named, sides);
    dealWhereEmpty(fakeOnly, named, sides);
    return new IdentitySplit(
        on(faces, people, sides, Side.TRAIN),
        on(faces, people, sides, Side.VALIDATION),
        on(faces, people, sides, Side.TEST));
  }

  /** Changes the sides of groups that no label names, if one side has none of all these groups. */
  private static void dealWhereEmpty(
      Set<String> groups, Map<String, Side> named, Map<String, Side> sides) {
    if (groups.stream().map(sides::get).distinct().count() == Side.values().length) {
      return;
    }
    Set<Side> labelled = EnumSet.noneOf(Side.class);
    groups.stream().filter(named::containsKey).forEach(group -> labelled.add(named.get(group)));
    List<String> free =
        groups.stream()
            .filter(group -> !named.containsKey(group))
            .sorted(PersonGroups.byHash())
            .toList();
    int share = Math.max(1, free.size() / 10);
    int test = labelled.contains(Side.TEST) || free.size() - share < MIN_TRAIN ? 0 : share;
    int validation =
        labelled.contains(Side.VALIDATION) || free.size() - test - share < MIN_TRAIN ? 0 : share;
    for (int i = 0; i < free.size(); i++) {
      Side side = i < test ? Side.TEST : i < test + validation ? Side.VALIDATION : Side.TRAIN;
      sides.put(free.get(i), side);
    }
  }

  private static Map<String, Side> named(FaceSet faces, PersonGroups people) {
    Map<String, Side> named = new HashMap<>();
    for (FaceSample face : faces.faces()) {
      if (!face.split().isBlank()) {
        Side side = side(face);
        String group = people.group(face.identity());
        Side before = named.putIfAbsent(group, side);
        if (before != null && before != side) {
          throw new DatasetException(
              "%s is labelled both %s and %s; a person belongs to one split: correct the labels"
                  .formatted(who(face.identity(), group), lower(before), lower(side)));
        }
      }
    }
    return named;
  }

  private static String who(String identity, String group) {
    return identity.equals(group)
        ? identity
        : identity + " (by swapped faces one group with " + group + ")";
  }

  private static FaceSet on(
      FaceSet faces, PersonGroups people, Map<String, Side> sides, Side side) {
    return faces.only(face -> sides.get(people.group(face.identity())) == side);
  }

  private static Side side(FaceSample face) {
    try {
      return Side.valueOf(face.split().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          "%s is labelled with split '%s'; it is one of train, validation, test"
              .formatted(face.identity(), face.split()));
    }
  }

  private static String lower(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}
