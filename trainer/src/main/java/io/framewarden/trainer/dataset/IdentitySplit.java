package io.framewarden.trainer.dataset;

import io.framewarden.trainer.archive.PersonGroups;
import io.framewarden.trainer.archive.PersonGroups.Side;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Puts every person on one side: where the archive names a split for a person, there; otherwise by
 * {@link PersonGroups#side}, about 80 % train, 10 % validation, 10 % test. People whom a swapped
 * face links go together, so that no side knows a face that another side is evaluated on.
 *
 * @param train for the weights
 * @param validation for calibration and operating points
 * @param test for the metrics that are reported
 */
public record IdentitySplit(FaceSet train, FaceSet validation, FaceSet test) {

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
    return new IdentitySplit(
        on(faces, people, named, Side.TRAIN),
        on(faces, people, named, Side.VALIDATION),
        on(faces, people, named, Side.TEST));
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
      FaceSet faces, PersonGroups people, Map<String, Side> named, Side side) {
    return faces.only(
        face -> named.computeIfAbsent(people.group(face.identity()), PersonGroups::side) == side);
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
