package io.framewarden.standalone.command.moderate;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;

/** What became of one input of {@code moderate}. */
public sealed interface ModerationResult {

  /** The input as the user named it. */
  String file();

  /** Whether the input got a verdict on its content. */
  boolean isJudged();

  /** The pipeline decided. */
  record Judged(String file, Verdict verdict) implements ModerationResult {
    @Override
    public boolean isJudged() {
      return verdict.getFailure() == FailureReason.FAILURE_REASON_UNSPECIFIED;
    }
  }

  /** The input never entered the pipeline. */
  record Refused(String file, FailureReason reason, String message) implements ModerationResult {
    @Override
    public boolean isJudged() {
      return false;
    }
  }
}
