package io.framewarden.trainer.run;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;

/** Scores labelled faces, with a progress bar. */
public final class FaceScoring {
  private static final int CHUNK = 256;

  private FaceScoring() {}

  public static List<ScoredFace> score(String task, List<Labelled> faces, FaceScorer scorer) {
    List<ScoredFace> scored = new ArrayList<>(faces.size());
    try (ProgressBar bar = TrainingProgressBar.bar(task, faces.size())) {
      for (int from = 0; from < faces.size(); from += CHUNK) {
        List<Labelled> chunk = faces.subList(from, Math.min(faces.size(), from + CHUNK));
        double[] logits = scorer.logits(chunk.stream().map(Labelled::pixels).toList());
        for (int i = 0; i < logits.length; i++) {
          Labelled face = chunk.get(i);
          double blur = BlurBaseline.score(face.pixels());
          scored.add(
              new ScoredFace(
                  logits[i], face.fake(), face.domain(), face.video(), face.identity(), blur));
        }
        bar.stepBy(chunk.size());
      }
    }
    return scored;
  }
}
