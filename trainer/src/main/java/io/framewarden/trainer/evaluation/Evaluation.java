package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model's metrics on a set of faces, over all of them and by group. Immutable.
 *
 * @param groups the metrics of each group, by what the group adds to a metric's name
 */
public record Evaluation(Map<String, BinaryMetrics> groups) {
  /** All faces. */
  public static final String ALL = "";

  /** Before a forgery domain's name: its fakes against all real faces. */
  public static final String DOMAIN = ".domain.";

  /** The fakes of domains that training never saw against all real faces, when there are any. */
  public static final String UNSEEN = ".unseen";

  /** Videos by the mean logit of their faces, when some video has several faces. */
  public static final String VIDEO = ".video";

  /** Before a group of people, as {@code gender=Female}: its fakes against its real faces. */
  public static final String GROUP = ".group.";

  public Evaluation {
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  /**
   * The metrics of scored faces.
   *
   * @param trained the domains that the model was trained on
   * @param point where accuracy is taken
   */
  public static Evaluation of(
      List<ScoredFace> faces, Set<String> trained, Calibration calibration, OperatingPoint point) {
    return of(group(faces, trained), calibration, point);
  }

  /**
   * The metrics of sets of scored faces.
   *
   * @param sets by name, as {@link #group} makes them
   * @param point where accuracy is taken
   */
  public static Evaluation of(
      Map<String, List<ScoredFace>> sets, Calibration calibration, OperatingPoint point) {
    Map<String, BinaryMetrics> groups = new LinkedHashMap<>();
    sets.forEach(
        (name, some) -> groups.put(name, BinaryMetrics.of(some, calibration, point.fakeAt())));
    return new Evaluation(groups);
  }

  /**
   * Confidence intervals of every metric but the counts, by the same names as {@link #named}. They
   * speak of other people of the same kind, not of another training of the model.
   */
  public static Map<String, Interval> intervals(
      String prefix,
      Map<String, List<ScoredFace>> sets,
      Calibration calibration,
      OperatingPoint point,
      Bootstrap bootstrap) {
    Map<String, Interval> intervals = new TreeMap<>();
    sets.forEach(
        (name, some) ->
            bootstrap
                .intervals(some, calibration, point.fakeAt())
                .forEach(
                    (metric, interval) ->
                        intervals.put(prefix + name + "." + metric.key(), interval)));
    return intervals;
  }

  /** Over all faces. */
  public BinaryMetrics frames() {
    return groups.get(ALL);
  }

  /** Each forgery domain against all real faces, in alphabetical order. */
  public Map<String, BinaryMetrics> domains() {
    Map<String, BinaryMetrics> domains = new TreeMap<>();
    groups.forEach(
        (name, metrics) -> {
          if (name.startsWith(DOMAIN)) {
            domains.put(name.substring(DOMAIN.length()), metrics);
          }
        });
    return domains;
  }

  /** The domains that training never saw against all real faces; empty when there are none. */
  public Optional<BinaryMetrics> unseen() {
    return Optional.ofNullable(groups.get(UNSEEN));
  }

  /** Over videos; empty when no video has several faces. */
  public Optional<BinaryMetrics> videos() {
    return Optional.ofNullable(groups.get(VIDEO));
  }

  /** Every metric by name, e.g. {@code heldout.auc} or {@code heldout.domain.splice.auc}. */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> named = new TreeMap<>();
    groups.forEach((name, metrics) -> named.putAll(metrics.named(prefix + name)));
    return named;
  }

  /**
   * The faces by people, as {@code gender=Female}, in alphabetical order.
   *
   * @param people what is known of people, by their identities
   */
  public static Map<String, List<ScoredFace>> byPeople(
      List<ScoredFace> faces, Map<String, Map<String, String>> people) {
    Map<String, List<ScoredFace>> groups = new TreeMap<>();
    for (ScoredFace face : faces) {
      people
          .getOrDefault(face.identity(), Map.of())
          .forEach(
              (what, value) ->
                  groups.computeIfAbsent(what + "=" + value, n -> new ArrayList<>()).add(face));
    }
    return groups;
  }

  /**
   * The sets that metrics are taken of: all faces, each domain, unseen domains, videos.
   *
   * @param trained the domains that the model was trained on
   */
  public static Map<String, List<ScoredFace>> group(List<ScoredFace> faces, Set<String> trained) {
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

  private static List<ScoredFace> withReals(List<ScoredFace> faces, List<ScoredFace> fakes) {
    return Stream.concat(fakes.stream(), faces.stream().filter(face -> !face.fake())).toList();
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
