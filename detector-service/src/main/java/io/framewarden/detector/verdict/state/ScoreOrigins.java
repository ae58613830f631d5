package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FrameScore;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which engines and which extraction made a model's scores of a video, and when the last was made.
 * Does not depend on the order of arrival. Not safe for several threads.
 */
public final class ScoreOrigins {
  final SortedSet<String> modelVersions = new TreeSet<>();
  final SortedSet<String> engines = new TreeSet<>();
  String extractionDigest = "";
  boolean extractionMismatch;
  long lastScoreUs;

  void add(FrameScore score) {
    addNonEmpty(modelVersions, score.getModelVersion());
    addNonEmpty(engines, score.getEngine());
    String digest = score.getExtractionDigest();
    if (!digest.isEmpty()
        && (extractionDigest.isEmpty() || digest.compareTo(extractionDigest) < 0)) {
      extractionDigest = digest; // the smallest, so that the order of arrival does not matter
    }
    extractionMismatch |= score.getExtractionMismatch();
    lastScoreUs = Math.max(lastScoreUs, score.getScoredTimeUs());
  }

  /** The versions that the model's scores name, usually one. */
  public SortedSet<String> modelVersions() {
    return Collections.unmodifiableSortedSet(modelVersions);
  }

  /** The engines that ran the model. */
  public SortedSet<String> engines() {
    return Collections.unmodifiableSortedSet(engines);
  }

  /** The digest of the extraction recipe; empty when no score names it. */
  public String extractionDigest() {
    return extractionDigest;
  }

  /** Whether a face was extracted by a recipe that the model does not accept. */
  public boolean extractionMismatch() {
    return extractionMismatch;
  }

  /** When the last score was made, in microseconds since the epoch; 0 before the first. */
  public long lastScoreUs() {
    return lastScoreUs;
  }

  private static void addNonEmpty(SortedSet<String> names, String name) {
    if (!name.isEmpty()) {
      names.add(name);
    }
  }
}
