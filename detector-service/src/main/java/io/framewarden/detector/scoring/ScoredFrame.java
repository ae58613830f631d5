package io.framewarden.detector.scoring;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.Optional;

/**
 * The answer for one face frame: a score, or a failed score and what was wrong.
 *
 * @param score always there, so that a video's completeness never waits for a bad frame
 * @param problem what was wrong, for people; empty when the frame was scored
 */
public record ScoredFrame(FrameScore score, Optional<String> problem) {

  /** Why the frame could not be scored; FAILURE_REASON_UNSPECIFIED when it was. */
  public FailureReason reason() {
    return score.getFailure();
  }
}
