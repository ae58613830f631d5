package io.framewarden.detector.replay;

import java.util.List;

/**
 * What a replay found.
 *
 * @param modelDigest of the model that scored now
 * @param unreadable records of face-frames that are no face frames
 * @param scores all frames together
 * @param videos in the order in which they were met
 */
public record ReplayReport(
    String modelDigest, long unreadable, ScoreDifferences scores, List<VideoDifference> videos) {

  public ReplayReport {
    videos = List.copyOf(videos);
  }
}
