package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FrameScore;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which models, engines and extraction made the scores of a video, and when the last was made. */
public final class ScoreOrigins {
  final SortedSet<String> modelDigests = new TreeSet<>();
  final SortedSet<String> modelVersions = new TreeSet<>();
  final SortedSet<String> engines = new TreeSet<>();
  String extractionDigest = "";
  boolean extractionMismatch;
  long lastScoreUs;

  void add(FrameScore score) {
    addNamed(modelDigests, score.getModelDigest());
    addNamed(modelVersions, score.getModelVersion());
    addNamed(engines, score.getEngine());
    String digest = score.getExtractionDigest();
    if (!digest.isEmpty()
        && (extractionDigest.isEmpty() || digest.compareTo(extractionDigest) < 0)) {
      extractionDigest = digest; // the smallest, so that the order of arrival does not matter
    }
    extractionMismatch |= score.getExtractionMismatch();
    lastScoreUs = Math.max(lastScoreUs, score.getScoredTimeUs());
  }

  public SortedSet<String> modelDigests() {
    return Collections.unmodifiableSortedSet(modelDigests);
  }

  public SortedSet<String> modelVersions() {
    return Collections.unmodifiableSortedSet(modelVersions);
  }

  public SortedSet<String> engines() {
    return Collections.unmodifiableSortedSet(engines);
  }

  /** As the scores say; empty when they do not. */
  public String extractionDigest() {
    return extractionDigest;
  }

  public boolean extractionMismatch() {
    return extractionMismatch;
  }

  /** Microseconds since the epoch; 0 before the first score. */
  public long lastScoreUs() {
    return lastScoreUs;
  }

  private static void addNamed(SortedSet<String> names, String name) {
    if (!name.isEmpty()) {
      names.add(name);
    }
  }
}
