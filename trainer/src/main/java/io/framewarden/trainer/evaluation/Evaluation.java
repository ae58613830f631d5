package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    BinaryMetrics frames,
    Map<String, BinaryMetrics> domains,
    Optional<BinaryMetrics> unseen,
    Optional<BinaryMetrics> videos) {
  private static final String ALL = "";
  private static final String DOMAIN = ".domain.";
  private static final String UNSEEN = ".unseen";
  private static final String VIDEO = ".video";

  /**
   * @param trained the domains that the model was trained on
   */
  public static Evaluation of(
      List<ScoredFace> faces, Set<String> trained, Calibration calibration, OperatingPoint point) {
    Map<String, BinaryMetrics> figures = new LinkedHashMap<>();
    groups(faces, trained)
        .forEach(
            (name, group) ->
                figures.put(name, BinaryMetrics.of(group, calibration, point.fakeAt())));
    Map<String, BinaryMetrics> domains = new TreeMap<>();
    figures.forEach(
        (name, group) -> {
          if (name.startsWith(DOMAIN)) {
            domains.put(name.substring(DOMAIN.length()), group);
          }
        });
    return new Evaluation(
        figures.get(ALL),
        domains,
        Optional.ofNullable(figures.get(UNSEEN)),
        Optional.ofNullable(figures.get(VIDEO)));
  }

  /**
   * Confidence intervals of every figure but the counts, by the same names as {@link #named}. They
   * speak of other people of the same kind, not of another training of the model.
   */
  public static Map<String, Interval> intervals(
      String prefix,
      List<ScoredFace> faces,
      Set<String> trained,
      Calibration calibration,
      OperatingPoint point,
      Bootstrap bootstrap) {
    Map<String, Interval> intervals = new TreeMap<>();
    groups(faces, trained)
        .forEach(
            (name, group) ->
                bootstrap
                    .intervals(group, calibration, point.fakeAt())
                    .forEach(
                        (figure, interval) ->
                            intervals.put(prefix + name + "." + figure, interval)));
    return intervals;
  }

  /** The bodies of faces that are judged, by what they add to a figure's name. */
  private static Map<String, List<ScoredFace>> groups(List<ScoredFace> faces, Set<String> trained) {
    Map<String, List<ScoredFace>> groups = new LinkedHashMap<>();
    groups.put(ALL, faces);
    List<ScoredFace> unseen = new ArrayList<>();
    faces.stream()
        .filter(ScoredFace::fake)
        .collect(Collectors.groupingBy(ScoredFace::domain, TreeMap::new, Collectors.toList()))
        .forEach(
            (domain, some) -> {
              groups.put(DOMAIN + domain, withReals(faces, some));
              if (!trained.contains(domain)) {
                unseen.addAll(some);
              }
            });
    if (!unseen.isEmpty()) {
      groups.put(UNSEEN, withReals(faces, unseen));
    }
    List<ScoredFace> videos = videos(faces);
    if (videos.size() < faces.size()) {
      groups.put(VIDEO, videos);
    }
    return groups;
  }

  /** Every figure by name, e.g. {@code heldout.auc} or {@code heldout.domain.splice.auc}. */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> named = new TreeMap<>(frames.named(prefix + ALL));
    domains.forEach((domain, figures) -> named.putAll(figures.named(prefix + DOMAIN + domain)));
    unseen.ifPresent(figures -> named.putAll(figures.named(prefix + UNSEEN)));
    videos.ifPresent(figures -> named.putAll(figures.named(prefix + VIDEO)));
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
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.values().stream()
        .map(
            group ->
                new ScoredFace(
                    group.stream().mapToDouble(ScoredFace::logit).average().orElseThrow(),
                    group.get(0).fake(),
                    group.get(0).domain(),
                    group.get(0).video(),
                    group.get(0).identity(),
                    group.stream().mapToDouble(ScoredFace::blur).average().orElseThrow()))
        .toList();
  }
}
