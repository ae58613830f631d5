package io.framewarden.trainer.evaluation.robustness;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Frame-level AUC under every corruption and level.
 *
 * @param faces how many faces were corrupted and scored at each level
 * @param clean the AUC of the same faces as they are; absent with one class only
 * @param blurClean the blur baseline's AUC on them
 * @param rows one for each corruption, in their order
 */
public record RobustnessGrid(
    int faces, OptionalDouble clean, OptionalDouble blurClean, List<Row> rows) {
  private static final long SEED = 20_240_604;

  /** No grid: nobody asked for one. */
  public static final RobustnessGrid NONE =
      new RobustnessGrid(0, OptionalDouble.empty(), OptionalDouble.empty(), List.of());

  /**
   * One corruption.
   *
   * @param auc one for each level; empty when the corruption is not applicable
   * @param blurAuc the blur baseline's at the same levels
   * @param notApplicable why there are no metrics; empty where there are
   */
  public record Row(
      Corruption corruption,
      List<OptionalDouble> auc,
      List<OptionalDouble> blurAuc,
      String notApplicable) {

    /** Mean over the levels; absent when any of them is. */
    public OptionalDouble mean() {
      return RobustnessGrid.mean(auc);
    }
  }

  /**
   * Corrupts the faces and scores them.
   *
   * @param max faces to take at most, by whole videos, drawn with a seed; at least 1
   * @param scorer scores faces under a task's name
   */
  public static RobustnessGrid of(
      List<Labelled> all, int max, BiFunction<String, List<Labelled>, List<ScoredFace>> scorer) {
    List<Labelled> faces = sample(all, max);
    List<ScoredFace> clean = scorer.apply("clean", faces);
    List<Row> rows = new ArrayList<>();
    for (Corruption corruption : Corruption.values()) {
      Optional<String> reason = corruption.notApplicable();
      rows.add(
          reason.isPresent()
              ? new Row(corruption, List.of(), List.of(), reason.get())
              : row(corruption, faces, scorer));
    }
    return new RobustnessGrid(faces.size(), auc(clean), blurAuc(clean), List.copyOf(rows));
  }

  private static Row row(
      Corruption corruption,
      List<Labelled> faces,
      BiFunction<String, List<Labelled>, List<ScoredFace>> scorer) {
    List<OptionalDouble> auc = new ArrayList<>();
    List<OptionalDouble> blurAuc = new ArrayList<>();
    for (double level : corruption.levels()) {
      List<ScoredFace> scored =
          scorer.apply(
              corruption.name().toLowerCase(Locale.ROOT) + " " + level,
              corruption.apply(faces, level));
      auc.add(auc(scored));
      blurAuc.add(blurAuc(scored));
    }
    return new Row(corruption, List.copyOf(auc), List.copyOf(blurAuc), "");
  }

  /** Whether nothing was corrupted, as in {@link #NONE}. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Mean over all levels of all applicable corruptions; absent when any of them is. */
  public OptionalDouble mean() {
    return mean(rows.stream().flatMap(row -> row.auc().stream()).toList());
  }

  private static OptionalDouble mean(List<OptionalDouble> values) {
    return values.isEmpty() || values.stream().anyMatch(OptionalDouble::isEmpty)
        ? OptionalDouble.empty()
        : values.stream().mapToDouble(OptionalDouble::getAsDouble).average();
  }

  private static OptionalDouble auc(List<ScoredFace> scored) {
    return ScoreSet.of(scored, ScoredFace::logit).auc();
  }

  private static OptionalDouble blurAuc(List<ScoredFace> scored) {
    return ScoreSet.of(scored, ScoredFace::blur).auc();
  }

  /** Whole videos until there are enough faces, in their old order. */
  private static List<Labelled> sample(List<Labelled> faces, int max) {
    List<String> videos = new ArrayList<>(faces.stream().map(Labelled::video).distinct().toList());
    Collections.shuffle(videos, new Random(SEED));
    Map<String, Long> sizes =
        faces.stream().collect(Collectors.groupingBy(Labelled::video, Collectors.counting()));
    Set<String> chosen = new HashSet<>();
    long count = 0;
    for (String video : videos) {
      if (count > 0 && count + sizes.get(video) > max) {
        break;
      }
      chosen.add(video);
      count += sizes.get(video);
    }
    return faces.stream().filter(face -> chosen.contains(face.video())).toList();
  }
}
