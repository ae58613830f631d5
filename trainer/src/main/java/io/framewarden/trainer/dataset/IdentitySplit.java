package io.framewarden.trainer.dataset;

import io.framewarden.schemas.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Puts every person on one side: where the archive names a split for a person, there; otherwise by
 * a hash of the identity, about 80 % train, 10 % validation, 10 % test. The hash knows no seed, so
 * that no recipe ever trains on another's test people.
 *
 * @param train for the weights
 * @param validation for calibration and operating points
 * @param test for the figures that are reported
 */
public record IdentitySplit(FaceSet train, FaceSet validation, FaceSet test) {
  private static final int VALIDATION_PERCENT = 10;
  private static final int TEST_PERCENT = 10;

  private enum Side {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * @throws DatasetException when a split label is unknown, or a person has two
   */
  public static IdentitySplit of(FaceSet faces) {
    Map<String, Side> named = new HashMap<>();
    for (FaceSample face : faces.faces()) {
      if (!face.split().isBlank()) {
        Side side = side(face);
        Side before = named.putIfAbsent(face.identity(), side);
        if (before != null && before != side) {
          throw new DatasetException(
              "%s is labelled both %s and %s; a person belongs to one split: mend the labels"
                  .formatted(face.identity(), lower(before), lower(side)));
        }
      }
    }
    return new IdentitySplit(
        on(faces, named, Side.TRAIN),
        on(faces, named, Side.VALIDATION),
        on(faces, named, Side.TEST));
  }

  private static FaceSet on(FaceSet faces, Map<String, Side> named, Side side) {
    return faces.only(
        face -> named.computeIfAbsent(face.identity(), IdentitySplit::hashed) == side);
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

  private static Side hashed(String identity) {
    String digest = Sha256.of(identity.getBytes(StandardCharsets.UTF_8));
    long percent = Long.parseLong(digest.substring(0, 12), 16) % 100;
    if (percent < TEST_PERCENT) {
      return Side.TEST;
    }
    return percent < TEST_PERCENT + VALIDATION_PERCENT ? Side.VALIDATION : Side.TRAIN;
  }

  private static String lower(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}
