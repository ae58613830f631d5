package io.framewarden.trainer.run;

import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.ForgeryMix;
import io.framewarden.trainer.dataset.UnseenPairs;
import io.framewarden.trainer.degradation.VideoDegradation;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same faces in videos of several sizes and after several encodings, to see where a model errs
 * or abstains. Stateless.
 */
final class ConditionScores {
  /** Photographs to make pairs of, at most. */
  private static final int MAX = 400;

  private static final int USUAL_WIDTH = 160;
  private static final int USUAL_QUANTISER = 23;

  private ConditionScores() {}

  /**
   * Scored real faces and pseudo-fakes, by what happened to them.
   *
   * @param unseen with photographs
   * @param mix how often each kind is made
   * @return none where there is no photograph
   */
  static Map<String, List<ScoredFace>> of(FaceSet unseen, ForgeryMix mix, FaceScorer scorer) {
    Map<String, List<ScoredFace>> scores = new LinkedHashMap<>();
    if (mix.isEmpty() || unseen.photographs().isEmpty()) {
      return scores;
    }
    UnseenPairs pairs = new UnseenPairs(unseen, mix, MAX);
    all()
        .forEach(
            (name, degradation) ->
                scores.put(
                    name, FaceScoring.score("evaluating", pairs.labelled(degradation), scorer)));
    return scores;
  }

  private static Map<String, VideoDegradation> all() {
    Map<String, VideoDegradation> conditions = new LinkedHashMap<>();
    for (int width : new int[] {56, 80, 112, 160, 224}) {
      conditions.put(
          "face %d px wide, QP %d".formatted(width, USUAL_QUANTISER),
          VideoDegradation.h264(width, USUAL_QUANTISER));
    }
    for (int quantiser : new int[] {18, 28, 33, 38}) {
      conditions.put(
          "face %d px wide, QP %d".formatted(USUAL_WIDTH, quantiser),
          VideoDegradation.h264(USUAL_WIDTH, quantiser));
    }
    conditions.put("QP 23, then QP 23", VideoDegradation.h264Twice(USUAL_WIDTH, 1, 23, 23));
    conditions.put("QP 23, then QP 33", VideoDegradation.h264Twice(USUAL_WIDTH, 1, 23, 33));
    conditions.put(
        "QP 23, then half the size at QP 28", VideoDegradation.h264Twice(USUAL_WIDTH, 0.5, 23, 28));
    return conditions;
  }
}
