package io.framewarden.trainer.run;

import io.framewarden.runtime.command.CountProgress;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.ArrayList;
import java.util.List;

/** Scores labelled faces, with a progress bar. Stateless. */
public final class FaceScoring {
  private static final int BATCH = 256;

  private FaceScoring() {}

  /**
   * The faces with their scores, in order.
   *
   * @param task what the progress bar says
   */
  public static List<ScoredFace> score(String task, List<Labelled> faces, FaceScorer scorer) {
    List<ScoredFace> scored = new ArrayList<>(faces.size());
    try (CountProgress bar = CountProgress.of(task, faces.size())) {
      for (int from = 0; from < faces.size(); from += BATCH) {
        List<Labelled> batch = faces.subList(from, Math.min(faces.size(), from + BATCH));
        double[] logits = scorer.logits(batch.stream().map(Labelled::pixels).toList());
        for (int i = 0; i < logits.length; i++) {
          Labelled face = batch.get(i);
          double blur = BlurBaseline.score(face.pixels());
          scored.add(
              new ScoredFace(
                  logits[i], face.fake(), face.domain(), face.video(), face.identity(), blur));
        }
        bar.at(scored.size());
      }
    }
    return scored;
  }
}
