package io.framewarden.trainer.dataset;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The faces of one or several archives: what they are and where, not their pixels. Immutable.
 *
 * @param extractions the extraction recipes that made the faces, as JSON, by their digests, in the
 *     order of the archives; at least one
 * @param contentDigest digest of all faces and labels in order
 * @param unlabelled faces that were left out because they have no label
 */
public record FaceSet(
    List<FaceSample> faces,
    Map<String, String> extractions,
    String contentDigest,
    long unlabelled) {

  /** The domain of real faces, number 0. */
  public static final String REAL = "real";

  public FaceSet {
    faces = List.copyOf(faces);
    extractions = Collections.unmodifiableMap(new LinkedHashMap<>(extractions));
  }

  /** Digest of the recipe that made the faces of the first archive. */
  public String extractionDigest() {
    return extractions.keySet().iterator().next();
  }

  /** The real faces, in their order. */
  public List<FaceSample> reals() {
    return faces.stream().filter(face -> !face.fake()).toList();
  }

  /** The real faces of which pseudo-fakes can be made: photographs with dense landmarks. */
  public List<FaceSample> photographs() {
    return faces.stream().filter(face -> !face.fake() && face.hasPhotograph()).toList();
  }

  /** The fake faces, in their order. */
  public List<FaceSample> fakes() {
    return faces.stream().filter(FaceSample::fake).toList();
  }

  /** How many people its real faces are of. */
  public int people() {
    return (int) reals().stream().map(FaceSample::identity).distinct().count();
  }

  /** What else is known of people, as gender or age, by their identities; for most nothing. */
  public Map<String, Map<String, String>> groups() {
    Map<String, Map<String, String>> groups = new HashMap<>();
    for (FaceSample face : faces) {
      if (!face.groups().isEmpty()) {
        groups.put(face.identity(), face.groups());
      }
    }
    return groups;
  }

  /** The forgery methods of its fakes, in alphabetical order. */
  public List<String> fakeDomains() {
    TreeSet<String> domains = new TreeSet<>();
    fakes().forEach(face -> domains.add(face.domain()));
    return List.copyOf(domains);
  }

  /** The faces that pass, with the same provenance. */
  public FaceSet only(Predicate<FaceSample> passes) {
    return with(faces.stream().filter(passes).toList());
  }

  /** Some of these faces, in any order, with the same provenance. */
  public FaceSet with(List<FaceSample> some) {
    return new FaceSet(some, extractions, contentDigest, unlabelled);
  }
}
