package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FrameScore;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The scores of a video by model. At most two models are kept, those released last: the one that
 * judges, and the one before it, which judges again after a rollback. Of older ones only which
 * frames they scored is known; those are to be scored again.
 */
final class ScoresByModel {
  static final int MOST_MODELS = 2;

  private final Map<String, ModelScores> models = new HashMap<>();

  /** Frames that are in though no model that is kept has them. */
  final BitSet lost = new BitSet();

  /** Takes a score; false when nothing changed. */
  boolean add(FrameScore score, boolean counts, int evidenceFrames, long windowUs) {
    ModelScores model = models.get(score.getModelDigest());
    if (model == null) {
      model = new ModelScores(score.getModelDigest(), score.getReleaseTimeUs());
      if (!makeRoom(model)) {
        boolean isNew = !in().get(score.getSeq());
        lost.set(score.getSeq());
        return isNew;
      }
      models.put(model.digest(), model);
    }
    return model.add(score, counts, evidenceFrames, windowUs);
  }

  /** Puts back what was stored. */
  void put(ModelScores model) {
    models.put(model.digest(), model);
  }

  /** The model that judges: the one released last. An empty one before the first score. */
  ModelScores winner() {
    return models.values().stream()
        .max(ModelScores.BY_RELEASE)
        .orElseGet(() -> new ModelScores("", 0));
  }

  Collection<ModelScores> all() {
    return Collections.unmodifiableCollection(models.values());
  }

  /** Frames that are in, whoever scored them. */
  BitSet in() {
    BitSet in = (BitSet) lost.clone();
    models.values().forEach(model -> in.or(model.ledger().in()));
    return in;
  }

  /** Gives up the older one of two for a later one; false when the new one is the oldest. */
  private boolean makeRoom(ModelScores candidate) {
    if (models.size() < MOST_MODELS) {
      return true;
    }
    ModelScores oldest = Collections.min(models.values(), ModelScores.BY_RELEASE);
    if (ModelScores.BY_RELEASE.compare(candidate, oldest) < 0) {
      return false;
    }
    models.remove(oldest.digest());
    lost.or(oldest.ledger().in());
    return true;
  }
}
