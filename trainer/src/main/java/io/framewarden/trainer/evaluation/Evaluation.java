package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model's figures on one body of faces.
 *
 * @param frames over all faces
 * @param domains each forgery domain against all real faces
 * @param unseen the domains that training never saw against all real faces, when there are any
 * @param videos over videos (the mean logit of each), when some video has several faces
 */
public record Evaluation(
    Figures frames,
    Map<String, Figures> domains,
    Optional<Figures> unseen,
    Optional<Figures> videos) {

  /**
   * @param trained the domains that the model was trained on
   */
  public static Evaluation of(
      List<ScoredFace> faces, Set<String> trained, Calibration calibration, OperatingPoint point) {
    double fakeAt = point.fakeAt();
    Map<String, List<ScoredFace>> fakes =
        faces.stream()
            .filter(ScoredFace::fake)
            .collect(Collectors.groupingBy(ScoredFace::domain, TreeMap::new, Collectors.toList()));
    Map<String, Figures> domains = new TreeMap<>();
    List<ScoredFace> unseen = new ArrayList<>();
    fakes.forEach(
        (domain, some) -> {
          domains.put(domain, Figures.of(withReals(faces, some), calibration, fakeAt));
          if (!trained.contains(domain)) {
            unseen.addAll(some);
          }
        });
    List<ScoredFace> videos = videos(faces);
    return new Evaluation(
        Figures.of(faces, calibration, fakeAt),
        domains,
        unseen.isEmpty()
            ? Optional.empty()
            : Optional.of(Figures.of(withReals(faces, unseen), calibration, fakeAt)),
        videos.size() == faces.size()
            ? Optional.empty()
            : Optional.of(Figures.of(videos, calibration, fakeAt)));
  }

  /** Every figure by name, e.g. {@code heldout.auc} or {@code heldout.domain.splice.auc}. */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> named = new TreeMap<>(frames.named(prefix));
    domains.forEach((domain, figures) -> named.putAll(figures.named(prefix + ".domain." + domain)));
    unseen.ifPresent(figures -> named.putAll(figures.named(prefix + ".unseen")));
    videos.ifPresent(figures -> named.putAll(figures.named(prefix + ".video")));
    return named;
  }

  private static List<ScoredFace> withReals(List<ScoredFace> faces, List<ScoredFace> fakes) {
    List<ScoredFace> both = new ArrayList<>(fakes);
    faces.stream().filter(face -> !face.fake()).forEach(both::add);
    return both;
  }

  /** One entry for the faces of a video that share a label and domain, in order of appearance. */
  private static List<ScoredFace> videos(List<ScoredFace> faces) {
    Map<List<Object>, List<ScoredFace>> groups =
        faces.stream()
            .collect(
                Collectors.groupingBy(
                    face -> List.of(face.video(), face.fake(), face.domain()),
                    java.util.LinkedHashMap::new,
                    Collectors.toList()));
    return groups.values().stream()
        .map(
            group ->
                new ScoredFace(
                    group.stream().mapToDouble(ScoredFace::logit).average().orElseThrow(),
                    group.get(0).fake(),
                    group.get(0).domain(),
                    group.get(0).video(),
                    group.stream().mapToDouble(ScoredFace::blur).average().orElseThrow()))
        .toList();
  }
}
