package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FrameScore;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The scores of a video by model. At most {@value #MAX_MODELS} models are kept, those released
 * last: the one that judges, and the one before it, which judges again after a rollback. Of other
 * models only the seqs that they scored are known; those are to be scored again. Not safe for
 * several threads.
 */
final class ScoresByModel {
  static final int MAX_MODELS = 2;

  private final Map<String, ModelScores> models = new HashMap<>();

  /** Seqs that only models scored whose scores were discarded. */
  final BitSet discarded = new BitSet();

  /** Adds a score as {@link ModelScores#add}; returns false when nothing changed. */
  boolean add(FrameScore score, boolean decides, int evidenceFrames, long windowUs) {
    ModelScores model = models.get(score.getModelDigest());
    if (model == null) {
      model = new ModelScores(score.getModelDigest(), score.getReleaseTimeUs());
      if (!makeRoom(model)) {
        boolean isNew = !receivedSeqs().get(score.getSeq());
        discarded.set(score.getSeq());
        return isNew;
      }
      models.put(model.digest(), model);
    }
    return model.add(score, decides, evidenceFrames, windowUs);
  }

  /** Restores what was stored. */
  void put(ModelScores model) {
    models.put(model.digest(), model);
  }

  /** The scores of the model that judges, the one released last; without any before the first. */
  ModelScores judgingModel() {
    return models.values().stream()
        .max(ModelScores.BY_RELEASE)
        .orElseGet(() -> new ModelScores("", 0));
  }

  Collection<ModelScores> all() {
    return Collections.unmodifiableCollection(models.values());
  }

  /** The seqs that any model has scored; a copy. */
  BitSet receivedSeqs() {
    BitSet received = (BitSet) discarded.clone();
    models.values().forEach(model -> received.or(model.completeness().receivedSeqs()));
    return received;
  }

  /** Discards the older of two models for a later one; false when the new one is the oldest. */
  private boolean makeRoom(ModelScores candidate) {
    if (models.size() < MAX_MODELS) {
      return true;
    }
    ModelScores oldest = Collections.min(models.values(), ModelScores.BY_RELEASE);
    if (ModelScores.BY_RELEASE.compare(candidate, oldest) < 0) {
      return false;
    }
    models.remove(oldest.digest());
    discarded.or(oldest.completeness().receivedSeqs());
    return true;
  }
}
