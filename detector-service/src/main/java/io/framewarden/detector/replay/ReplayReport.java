package io.framewarden.detector.replay;

import io.framewarden.detector.release.compare.ScoreDifferences;
import java.util.List;

/**
 * What a replay found.
 *
 * @param modelDigest of the model that scored now
 * @param unreadable records of face-frames that are no face frames
 * @param onlyNow frames scored by the replay and not before
 * @param failedNow frames that the replay's model could not score
 * @param differences of all frames together, now minus then
 * @param videos in the order in which they were read
 */
public record ReplayReport(
    String modelDigest,
    long unreadable,
    long onlyNow,
    long failedNow,
    ScoreDifferences differences,
    List<VideoDifference> videos) {

  public ReplayReport {
    videos = List.copyOf(videos);
  }
}
