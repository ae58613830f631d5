package io.framewarden.schemas.topic;

import io.framewarden.v1.FailureReason;
import java.util.EnumSet;
import java.util.Set;

/**
 * The failures of an extraction that say nothing of the video: the store, the machine or the
 * service itself failed. A video is not judged by them, and is tried again. Stateless.
 */
public final class RetryableFailures {
  private static final Set<FailureReason> REASONS =
      EnumSet.of(
          FailureReason.SOURCE_MISSING,
          FailureReason.SOURCE_MISMATCH,
          FailureReason.EXTRACTION_FAILED,
          FailureReason.DECODER_INTERRUPTED,
          FailureReason.DECODER_STARVED);

  private RetryableFailures() {}

  /** Whether the video may be sound although its extraction failed so. */
  public static boolean contains(FailureReason failure) {
    return REASONS.contains(failure);
  }
}
