package io.framewarden.trainer.experiment;

import io.framewarden.schemas.model.Sha256;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.experiment.AblationScores.Diagnostics;
import io.framewarden.trainer.experiment.AblationScores.GroupMetrics;
import io.framewarden.trainer.experiment.AblationScores.TestSet;
import io.framewarden.trainer.run.FaceScoring;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Evaluates every run of an ablation on the same faces. One thread. */
public final class AblationEvaluator {
  private static final int LAST_STEPS = 100;

  private final List<Labelled> faces;
  private final TestSet tested;

  /**
   * @param seen kinds that training sees
   * @throws DatasetException when no test face is of a kind that training does not see
   */
  public AblationEvaluator(List<Labelled> faces, List<String> seen) {
    this.faces = faces;
    TreeSet<String> heldOut = new TreeSet<>();
    faces.stream().filter(Labelled::fake).forEach(face -> heldOut.add(face.domain()));
    seen.forEach(heldOut::remove);
    if (heldOut.isEmpty()) {
      throw new DatasetException(
          "no test person has a fake of a held-out kind: hold out a kind that is made (--forge), or"
              + " give more people");
    }
    int fakes = (int) faces.stream().filter(Labelled::fake).count();
    this.tested =
        new TestSet(digest(faces), faces.size() - fakes, fakes, seen, List.copyOf(heldOut));
  }

  private static String digest(List<Labelled> faces) {
    StringBuilder all = new StringBuilder();
    for (Labelled face : faces) {
      all.append(face.domain()).append(Sha256.of(face.pixels()));
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The faces that every run is evaluated on. */
  public TestSet tested() {
    return tested;
  }

  /**
   * A run's metrics and diagnostics.
   *
   * @param losses of its steps
   */
  AblationScores evaluate(String variant, TrainedDid trained, List<LossLog.Line> losses) {
    MaskRecordingScorer scorer = new MaskRecordingScorer(trained);
    List<ScoredFace> scored = FaceScoring.score("testing", faces, scorer);
    TreeMap<String, GroupMetrics> domains = new TreeMap<>();
    for (ScoredFace face : scored) {
      if (face.fake()) {
        domains.computeIfAbsent(face.domain(), name -> metrics(scored, name::equals));
      }
    }
    return new AblationScores(
        variant,
        trained.config().seed(),
        trained.step(),
        tested,
        metrics(scored, tested.heldOut()::contains),
        metrics(scored, tested.seen()::contains),
        domains,
        diagnostics(trained, scorer, losses));
  }

  /** Metrics of the fakes whose domain passes; null when there is none. */
  private static GroupMetrics metrics(List<ScoredFace> scored, Predicate<String> domain) {
    List<ScoredFace> some =
        scored.stream().filter(face -> !face.fake() || domain.test(face.domain())).toList();
    if (some.stream().noneMatch(ScoredFace::fake)) {
      return null;
    }
    ScoreSet logits = ScoreSet.of(some, ScoredFace::logit);
    ScoreSet blur = ScoreSet.of(some, ScoredFace::blur);
    return new GroupMetrics(
        logits.auc().orElseThrow(),
        logits.eer().orElseThrow(),
        blur.auc().orElseThrow(),
        blur.eer().orElseThrow());
  }

  private static Diagnostics diagnostics(
      TrainedDid trained, MaskRecordingScorer scorer, List<LossLog.Line> losses) {
    boolean masked = trained.network().config().attention();
    List<LossLog.Line> last =
        losses.subList(Math.max(0, losses.size() - LAST_STEPS), losses.size());
    Double decomposition = mean(last, "decomposition");
    return new Diagnostics(
        masked ? scorer.mean() : null,
        masked ? scorer.overCells() : null,
        masked ? scorer.overFaces() : null,
        decomposition == null ? null : (Double) (-decomposition),
        mean(last, "total"),
        mean(last, "bce"),
        last.size(),
        losses.isEmpty() ? null : (Double) seconds(losses, trained.config().batch()));
  }

  /** Null when the log does not have the term. */
  private static Double mean(List<LossLog.Line> lines, String term) {
    List<Double> values =
        lines.stream().map(line -> line.losses().get(term)).filter(Objects::nonNull).toList();
    return values.isEmpty()
        ? null
        : (Double) values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Each step took what a batch takes at the speed since the last start: pauses do not count. */
  private static double seconds(List<LossLog.Line> losses, int batch) {
    return losses.stream().mapToDouble(line -> batch / line.facesPerSecond()).sum();
  }
}
