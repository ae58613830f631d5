package io.framewarden.detector.scoring;

import io.framewarden.v1.FaceFrame;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Selects the frames that carry evidence. A verdict shows a few frames, the most suspicious first:
 * a frame that comes after so many more suspicious ones of its video needs no image. The frames of
 * a video are spread over scorers, and each selects its own best, so whatever is among the best of
 * all has an image. Frames that are scored again are selected as before. Safe for several threads.
 */
final class EvidenceSelector {
  /**
   * Every so many frames of a video, from the first, one carries evidence whatever its score, so
   * that a REAL verdict can be looked at too. By seq, because no scorer knows which frame is the
   * first of its track.
   */
  static final int EVIDENCE_INTERVAL = 16;

  /** Videos remembered; one that is evicted too early only shows more frames. */
  static final int MAX_VIDEOS = 1024;

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::probability, Comparator.reverseOrder())
          .thenComparing(Candidate::seq);

  private final ScoringPolicy policy;
  private final Map<Pass, TreeSet<Candidate>> best = new LinkedHashMap<>(16, 0.75f, true);

  /** One model's scores of one extraction of a video. */
  private record Pass(String videoId, long attempt, String modelDigest) {}

  private record Candidate(double probability, int seq) {}

  EvidenceSelector(ScoringPolicy policy) {
    this.policy = policy;
  }

  /** Whether a frame of this P(fake) gets evidence, given the frames before it. */
  synchronized boolean select(FaceFrame frame, String modelDigest, double probability) {
    if (policy.evidenceFrames() == 0) {
      return false;
    }
    boolean suspicious =
        probability >= policy.evidenceMinProbability()
            && isAmongBest(frame, modelDigest, probability);
    return suspicious || frame.getSeq() % EVIDENCE_INTERVAL == 0;
  }

  private boolean isAmongBest(FaceFrame frame, String modelDigest, double probability) {
    Pass pass = new Pass(frame.getVideoId(), frame.getAttempt(), modelDigest);
    TreeSet<Candidate> candidates = best.computeIfAbsent(pass, key -> new TreeSet<>(BEST_FIRST));
    evictEldest();
    int seq = frame.getSeq();
    candidates.removeIf(each -> each.seq() == seq);
    Candidate candidate = new Candidate(probability, seq);
    candidates.add(candidate);
    if (candidates.size() > policy.evidenceFrames()) {
      candidates.pollLast();
    }
    return candidates.contains(candidate);
  }

  private void evictEldest() {
    if (best.size() > MAX_VIDEOS) {
      best.remove(best.keySet().iterator().next());
    }
  }
}
