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
 * @param faces how many faces were worn and scored at each level
 * @param clean the AUC of the same faces as they are; absent with one class only
 * @param blurClean the blur baseline's AUC on them
 * @param rows one for each corruption, in their order
 */
public record RobustnessGrid(
    int faces, OptionalDouble clean, OptionalDouble blurClean, List<Row> rows) {
  private static final long SEED = 20_240_604;

  /**
   * One corruption.
   *
   * @param auc one for each level; empty when the corruption is not applicable
   * @param blurAuc the blur baseline's at the same levels
   * @param notApplicable why there are no figures
   */
  public record Row(
      Corruption corruption,
      List<OptionalDouble> auc,
      List<OptionalDouble> blurAuc,
      Optional<String> notApplicable) {

    /** Mean over the levels; absent when any of them is. */
    public OptionalDouble mean() {
      return RobustnessGrid.mean(auc);
    }
  }

  /**
   * Wears the faces and scores them.
   *
   * @param most faces to take at most, by whole videos, drawn with a seed; at least 1
   * @param scorer scores faces under a task's name
   */
  public static RobustnessGrid of(
      List<Labelled> all, int most, BiFunction<String, List<Labelled>, List<ScoredFace>> scorer) {
    List<Labelled> faces = some(all, most);
    List<ScoredFace> clean = scorer.apply("clean", faces);
    List<Row> rows = new ArrayList<>();
    for (Corruption corruption : Corruption.values()) {
      Optional<String> reason = corruption.notApplicable();
      rows.add(
          reason.isPresent()
              ? new Row(corruption, List.of(), List.of(), reason)
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
    return new Row(corruption, List.copyOf(auc), List.copyOf(blurAuc), Optional.empty());
  }

  /** Mean over all levels of all applicable corruptions; absent when any of them is. */
  public OptionalDouble mean() {
    return mean(rows.stream().flatMap(row -> row.auc().stream()).toList());
  }

  private static OptionalDouble mean(List<OptionalDouble> figures) {
    return figures.isEmpty() || figures.stream().anyMatch(OptionalDouble::isEmpty)
        ? OptionalDouble.empty()
        : figures.stream().mapToDouble(OptionalDouble::getAsDouble).average();
  }

  private static OptionalDouble auc(List<ScoredFace> scored) {
    return ScoreSet.of(scored, ScoredFace::logit).auc();
  }

  private static OptionalDouble blurAuc(List<ScoredFace> scored) {
    return ScoreSet.of(scored, ScoredFace::blur).auc();
  }

  /** Whole videos until there are enough faces, in their old order. */
  private static List<Labelled> some(List<Labelled> faces, int most) {
    List<String> videos = new ArrayList<>(faces.stream().map(Labelled::video).distinct().toList());
    Collections.shuffle(videos, new Random(SEED));
    Map<String, Long> sizes =
        faces.stream().collect(Collectors.groupingBy(Labelled::video, Collectors.counting()));
    Set<String> taken = new HashSet<>();
    long count = 0;
    for (String video : videos) {
      if (count > 0 && count + sizes.get(video) > most) {
        break;
      }
      taken.add(video);
      count += sizes.get(video);
    }
    return faces.stream().filter(face -> taken.contains(face.video())).toList();
  }
}
